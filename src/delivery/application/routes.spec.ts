import { describe, expect, it } from 'vitest';
import type { Channel } from '../../shared/channel.js';
import { Provider } from './provider.js';
import { ProviderSwitches } from './provider-switches.js';
import { Routes } from './routes.js';

class Named extends Provider {
  constructor(
    readonly id: string,
    readonly channel: Channel,
  ) {
    super();
  }
  submit() {
    return Promise.resolve({ kind: 'accepted' as const });
  }
  readReports() {
    return [];
  }
}

class Switches extends ProviderSwitches {
  constructor(private readonly off: string[]) {
    super();
  }
  isOn(id: string) {
    return !this.off.includes(id);
  }
}

const providers = [new Named('a', 'sms'), new Named('b', 'sms'), new Named('mail', 'email')];
const idsOf = (found: Provider[]) => found.map(({ id }) => id);

describe('routes', () => {
  const named = { sms: ['b', 'a'], 'sms/DE': ['a'] };
  const routes = new Routes(providers, named, new Switches([]));

  it('prefers the route of the country', () => {
    expect(idsOf(routes.to('sms', 'DE'))).toEqual(['a']);
    expect(idsOf(routes.to('sms', 'FR'))).toEqual(['b', 'a']);
  });

  it('takes all providers of a channel without a route, in the order of the configuration', () => {
    expect(idsOf(routes.to('email', null))).toEqual(['mail']);
    expect(idsOf(new Routes(providers, {}, new Switches([])).to('sms', 'DE'))).toEqual(['a', 'b']);
  });

  it('has no provider for a channel that nobody serves', () => {
    expect(routes.to('voice', 'DE')).toEqual([]);
  });

  it('leave out who is switched off, and tell who that is and whom it keeps from being asked first', () => {
    const without = new Routes(providers, named, new Switches(['b', 'mail']));
    expect(idsOf(without.to('sms', 'FR'))).toEqual(['a']);
    expect(idsOf(without.switchedOff('sms', 'FR', without.provider('a')))).toEqual(['b']);
    expect(idsOf(without.switchedOff('sms', 'DE'))).toEqual([]);
    expect(without.to('email', null)).toEqual([]);
    expect(idsOf(without.switchedOff('email', null))).toEqual(['mail']);
    // Its reports are still taken.
    expect(without.provider('mail')?.id).toBe('mail');
  });
});
