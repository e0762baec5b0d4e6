import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { invalidRequest } from '../../shared/refusals.js';
import { isImportable, makeSigningSecret, type Signature } from '../domain/signing-secret.js';
import type { SealedSecret } from './endpoint-ledger.js';

/** Keeps secrets from whoever has no keys. Bound to one endpoint: under another's id they can not be opened. */
export abstract class SecretVault {
  abstract seal(endpointId: string, secret: string): string;
}

/** A secret just made: how it rests, and what its owner is shown this once. */
export interface IssuedSecret {
  sealed: SealedSecret;
  /** Null for `v1a`, whose private key nobody else needs. */
  shown: string | null;
  imported: boolean;
}

/** Makes the secrets that endpoints sign with, or takes one that an administrator brings along from another service. */
@Injectable()
export class EndpointSecrets {
  constructor(
    private readonly vault: SecretVault,
    private readonly random: Random,
  ) {}

  /** @throws 400 `invalid-request` for an imported secret that is none of `v1`. */
  issue(endpointId: string, signature: Signature, imported?: string): IssuedSecret {
    if (imported !== undefined) refuseUnusable(imported, signature);
    const made = imported === undefined ? makeSigningSecret(signature, this.random) : null;
    const { secret, publicKey } = made ?? { secret: imported ?? '', publicKey: null };
    const sealed = { sealed: this.vault.seal(endpointId, secret), publicKey };
    return { sealed, shown: signature === 'v1' ? secret : null, imported: made === null };
  }
}

function refuseUnusable(imported: string, signature: Signature): void {
  if (signature !== 'v1') throw invalidRequest('secret: only one of v1 can be brought along; leave it out for v1a.');
  if (!isImportable(imported)) throw invalidRequest('secret: is not whsec_ and the base64 of 24 to 64 bytes.');
}
