import type { NewVerification } from '../../src/verification/application/ledger.js';

let count = 0;

/** A verification that nobody else in this run has. */
export function newVerification(over: Partial<NewVerification> = {}): NewVerification {
  count += 1;
  const number = String(count).padStart(8, '0');
  return {
    ...{ id: `ver_${number}`, deliveryId: `dlv_${number}`, applicationId: 'app_1', channels: ['sms', 'voice'] },
    ...{ purpose: null, subject: null, locale: 'en', country: 'DE', contextDigest: 'k.c', codeLength: 6 },
    ...{ maxAttempts: 5, maxSends: 5, reportTimeoutSeconds: 60, metadata: {}, sealed: 'k.sealed' },
    ...{ resendAt: new Date(Date.now() - 1000), expiresAt: new Date(Date.now() + 300_000) },
    ...{
      phoneIndex: Buffer.from(`phone ${number}`),
      emailIndex: null,
      idempotencyKey: null,
      idempotencyFingerprint: null,
    },
    ...over,
  };
}
