import { Injectable } from '@nestjs/common';
import { Keyring } from '../../platform/keyring/keyring.js';
import { Runtime } from '../../platform/runtime.js';
import { Callbacks } from '../application/callbacks.js';

/** Gateways that sign nothing are known by the address they were given: the MAC binds it to one attempt of one provider. */
@Injectable()
export class CallbackUrl extends Callbacks {
  constructor(
    private readonly keyring: Keyring,
    private readonly runtime: Runtime,
  ) {
    super();
  }

  publicUrl(path: string): string {
    return this.runtime.publicUrl + path;
  }

  urlFor(providerId: string, attemptId: string): string {
    const mac = this.keyring.callbackMac(`${providerId}/${attemptId}`);
    return this.publicUrl(`/v1/reports/${providerId}/${attemptId}/${mac}`);
  }

  isOurs(providerId: string, attemptId: string, mac: string): boolean {
    return this.keyring.isCallbackMac(mac, `${providerId}/${attemptId}`);
  }
}
