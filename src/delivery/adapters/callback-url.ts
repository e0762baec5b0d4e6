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

  of(providerId: string, attemptId: string): { reportUrl: string; reportMac: string } {
    const reportMac = this.keyring.callbackMac(`${providerId}/${attemptId}`);
    return { reportMac, reportUrl: this.publicUrl(`/v1/reports/${providerId}/${attemptId}/${reportMac}`) };
  }

  isOurs(providerId: string, attemptId: string, mac: string): boolean {
    return this.keyring.isCallbackMac(mac, `${providerId}/${attemptId}`);
  }
}
