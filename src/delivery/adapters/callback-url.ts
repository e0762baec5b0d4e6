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

  of(providerId: string, attemptId: string): { reportUrl: string; reportMac: string; callUrl: string } {
    const reportMac = this.keyring.callbackMac(report(providerId, attemptId));
    const callMac = this.keyring.callbackMac(call(providerId, attemptId));
    return {
      reportMac,
      reportUrl: this.publicUrl(`/v1/reports/${providerId}/${attemptId}/${reportMac}`),
      callUrl: this.publicUrl(`/v1/calls/${providerId}/${attemptId}/${callMac}`),
    };
  }

  isOurs(providerId: string, attemptId: string, mac: string): boolean {
    return this.keyring.isCallbackMac(mac, report(providerId, attemptId));
  }

  isOurCall(providerId: string, attemptId: string, mac: string): boolean {
    return this.keyring.isCallbackMac(mac, call(providerId, attemptId));
  }
}

/** What the MACs are over. No provider's id has a colon, so none of one kind is one of the other. */
const report = (providerId: string, attemptId: string) => `${providerId}/${attemptId}`;
const call = (providerId: string, attemptId: string) => `call:${providerId}/${attemptId}`;
