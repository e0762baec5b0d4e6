import { describe, expect, it } from 'vitest';
import { readWebhooks } from './webhooks.js';

const read = (section: unknown) => {
  const problems: string[] = [];
  return { settings: readWebhooks(section, problems), problems };
};

describe('R86 networks that webhooks may reach', () => {
  it('are none unless the operator names them, and without TLS none at all', () => {
    expect(read(undefined)).toEqual({ settings: { privateNetworks: [], http: false }, problems: [] });
    const section = { privateNetworks: ['10.20.0.0/16', 'fd12:3456::/32', 'fc00::/7'], http: true };
    expect(read(section)).toEqual({ settings: section, problems: [] });
  });

  it.each(['10.0.0.1', '0.0.0.0/0', '0.0.0.0/7', '::/0', '10.0.0.0/33', '012.0.0.0/8', '10.0/16', 'shop.example', ''])(
    'are no network as %o',
    (network) => {
      const { settings, problems } = read({ privateNetworks: [network] });
      expect(problems).toEqual(['webhooks.privateNetworks.0: must be a network like 10.20.0.0/16 or fd12:3456::/32']);
      expect(settings.privateNetworks).toEqual([]);
    },
  );

  it('are nothing else', () => {
    expect(read({ private: [] }).problems).toEqual(['webhooks.private: there is no such option']);
    expect(read({ http: 'yes' }).problems).toEqual(['webhooks.http: must be true or false, not a text']);
  });
});
