import { createHash } from 'node:crypto';

/** A payment that was confirmed (PSD2 dynamic linking). */
export interface ConfirmedPayment {
  amount: string;
  payee: string;
}

/**
 * How a token names a payment: base64url of SHA-256 over amount, one zero byte, payee, each as UTF-8 and as it was given. Neither
 * can hold the zero byte, so no two payments are the same text.
 */
export function bindingHash({ amount, payee }: ConfirmedPayment): string {
  return createHash('sha256').update(`${amount}\u0000${payee}`).digest('base64url');
}
