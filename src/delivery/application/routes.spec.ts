import { describe, expect, it } from 'vitest';
import type { Channel } from '../../shared/channel.js';
import { Provider } from './ports.js';
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

const providers = [new Named('a', 'sms'), new Named('b', 'sms'), new Named('mail', 'email')];
const idsOf = (found: Provider[]) => found.map(({ id }) => id);

describe('routes', () => {
  const routes = new Routes(providers, { sms: ['b', 'a'], 'sms/DE': ['a'] });

  it('prefers the route of the country', () => {
    expect(idsOf(routes.to('sms', 'DE'))).toEqual(['a']);
    expect(idsOf(routes.to('sms', 'FR'))).toEqual(['b', 'a']);
  });

  it('takes all providers of a channel without a route, in the order of the configuration', () => {
    expect(idsOf(routes.to('email', null))).toEqual(['mail']);
    expect(idsOf(new Routes(providers, {}).to('sms', 'DE'))).toEqual(['a', 'b']);
  });

  it('has no provider for a channel that nobody serves', () => {
    expect(routes.to('voice', 'DE')).toEqual([]);
    expect(routes.channels()).toEqual(['sms', 'email']);
  });
});
