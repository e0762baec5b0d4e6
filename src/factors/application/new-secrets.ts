import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { FactorSecrets } from './ports.js';

/** A secret that was just made, and the authenticator it is for. */
export interface NewSecret {
  id: string;
  secret: Buffer;
  /** How it rests. */
  sealed: string;
}

/** Makes secrets of authenticators that are about to be enrolled. */
@Injectable()
export class NewSecrets {
  constructor(
    private readonly random: Random,
    private readonly secrets: FactorSecrets,
  ) {}

  make(applicationId: string, bytes: number): NewSecret {
    const id = this.random.id('fac');
    const secret = this.random.bytes(bytes);
    return { id, secret, sealed: this.secrets.seal({ applicationId, id }, secret) };
  }
}
