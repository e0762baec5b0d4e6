import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { SecretVault } from '../application/endpoint-secrets.js';

@Injectable()
export class KeyringSecrets extends SecretVault {
  constructor(private readonly keyring: Keyring) {
    super();
  }

  seal(endpointId: string, secret: string): string {
    return this.keyring.seal(secret, endpointId);
  }
}
