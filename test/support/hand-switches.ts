import { ProviderSwitches } from '../../src/delivery/application/provider-switches.js';

/** Providers that a test switches off and on by hand; all are on. */
export class HandSwitches extends ProviderSwitches {
  readonly off = new Set<string>();

  isOn(providerId: string): boolean {
    return !this.off.has(providerId);
  }
}
