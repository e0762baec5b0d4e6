import { Injectable } from '@nestjs/common';
import { sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Keyring } from '../../platform/keyring/keyring.js';
import { ed25519PrivateKey } from '../../shared/ed25519-key.js';
import type { DueMessage } from '../application/due-message.js';
import { Signatures, type Stamp } from '../application/ports.js';

const SEED_BYTES = 32;

/** Standard Webhooks 1.0: `v1` is HMAC-SHA256 by the reference library, `v1a` Ed25519, both over `id.timestamp.body`. */
@Injectable()
export class StandardSignatures extends Signatures {
  constructor(private readonly keyring: Keyring) {
    super();
  }

  sign(message: Pick<DueMessage, 'endpointId' | 'secrets' | 'signature' | 'body'>, stamp: Stamp): string {
    const { endpointId, secrets, signature, body } = message;
    const signed = { v1, v1a }[signature];
    return secrets.map((sealed) => signed(this.keyring.open(sealed, endpointId), body, stamp)).join(' ');
  }
}

const v1 = (secret: string, body: string, { id, timestamp }: Stamp) =>
  new Webhook(secret).sign(id, new Date(timestamp * 1_000), body);

function v1a(secret: string, body: string, { id, timestamp }: Stamp): string {
  const seed = Buffer.from(secret.slice('whsk_'.length), 'base64').subarray(0, SEED_BYTES);
  return `v1a,${sign(null, Buffer.from(`${id}.${String(timestamp)}.${body}`), ed25519PrivateKey(seed)).toString('base64')}`;
}
