import { describe, expect, it } from 'vitest';
import { EVERY_COUNTRY } from '../../../applications/country-settings.js';
import type { Routes } from '../../../delivery/application/routes.js';
import type { ScreenSend } from '../../../screening/application/screen-send.js';
import type { Channel, CodeChannel } from '../../../shared/channel.js';
import type { Recipients } from '../../../shared/recipient.js';
import { readRecipients } from '../read/read-recipients.js';
import { FindReachableChannels } from './reachable-channels.js';

const both = readRecipients({ phone: '+4915112345678', email: 'ada@example.org' });

/** Where SMS and e-mail have a provider, that of voice is switched off, and screening refuses these channels. */
function among(wanted: CodeChannel[], to: Recipients = both, refused: Channel[] = []) {
  const routes = {
    to: (channel: Channel) => (channel === 'voice' ? [] : ['a provider']),
    switchedOff: (channel: Channel) => (channel === 'voice' ? ['a provider'] : []),
  };
  const refusal = { kind: 'refused', reason: 'blocked-recipient', detail: 'It is on a block list.' };
  const screenSend = {
    screen: ({ channel }: { channel: Channel }) => (refused.includes(channel) ? refusal : { kind: 'allowed' }),
  };
  const find = new FindReachableChannels(routes as unknown as Routes, screenSend as unknown as ScreenSend);
  return find.among(wanted, { applicationId: 'app_1', to, countries: EVERY_COUNTRY });
}

describe('what can carry a code', () => {
  it('is a channel with a provider and an address, and a factor without either', () => {
    expect(among(['voice', 'email', 'totp']).channels).toEqual(['email', 'totp']);
    expect(among(['sms', 'totp'], {}).channels).toEqual(['totp']);
  });

  it('R44 is a factor alone where screening refuses every message', () => {
    expect(among(['sms', 'email', 'totp'], both, ['sms', 'email'])).toEqual({
      channels: ['totp'],
      refusedChannels: [],
    });
  });

  it('R44 is still the plan where screening refuses all of it, with why', () => {
    const { channels, refusedChannels } = among(['sms', 'email'], both, ['sms', 'email']);
    expect(channels).toEqual(['sms', 'email']);
    expect(refusedChannels.map(({ channel, reason }) => [channel, reason])).toEqual([
      ['sms', 'blocked-recipient'],
      ['email', 'blocked-recipient'],
    ]);
  });

  it.each([
    [
      ['sms'],
      readRecipients({ email: 'ada@example.org' }),
      'No channel (sms) has both a provider here and an address in "to".',
    ],
    [['sms'], {}, /^The subject has no factor that could be used here, and "to" has no address\. Give "to", enrol/],
    [[], {}, /^The subject has no factor/],
    [['voice'], both, /The operator has switched off the providers of voice\.$/],
    [[], both, /^No channel is left: the plan is empty, or names only factors/],
  ] as [CodeChannel[], Recipients, string | RegExp][])('says why there is nothing: %j', (wanted, to, detail) => {
    const said = typeof detail === 'string' ? detail : (expect.stringMatching(detail) as string);
    expect(() => among(wanted, to)).toThrow(expect.objectContaining({ code: 'no-channel', detail: said }) as Error);
  });
});
