import { describe, expect, it } from 'vitest';
import { EinmalConfig } from '../config.js';
import type { ProviderConfig } from './providers.js';

const sandbox = (channel: ProviderConfig['channel']) => ({ type: 'sandbox', channel });
const kannel = { type: 'kannel', channel: 'sms' } as const;
const smtp = { type: 'smtp', channel: 'email' } as const;

const sandboxChannels = (...providers: ProviderConfig[]) =>
  new EinmalConfig(
    Object.fromEntries(providers.map((provider, n) => [`provider-${String(n)}`, provider])),
    {},
    {},
  ).sandboxChannels();

describe('channels of which nothing leaves this process', () => {
  it('are all of them while every provider is the sandbox', () => {
    expect(sandboxChannels(sandbox('sms'), sandbox('voice'), sandbox('email'))).toEqual(['sms', 'voice', 'email']);
  });

  it('are only the ones without a real provider', () => {
    expect(sandboxChannels(kannel, sandbox('voice'))).toEqual(['voice']);
  });

  it('are not the ones that have a real provider beside the sandbox, whichever comes first', () => {
    expect(sandboxChannels(sandbox('sms'), kannel, sandbox('voice'))).toEqual(['voice']);
    expect(sandboxChannels(kannel, sandbox('sms'), sandbox('voice'))).toEqual(['voice']);
  });

  it('are none where every provider is real', () => {
    expect(sandboxChannels(kannel, smtp)).toEqual([]);
  });
});
