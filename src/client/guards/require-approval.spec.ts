import { expect, test } from 'vitest';
import type { ConsumedToken } from '../api.js';
import { decideApproval, type Requirement } from './require-approval.js';

type Channel = ConsumedToken['channel'];
const request = { headers: { 'approval-token': 'a.b.c' } };

/** What a guard decides of an approval by a code of this channel. */
function decided(channel: Channel, channels?: Requirement<typeof request>['channels']) {
  const approval = { channel, amr: ['otp', channel] } as ConsumedToken;
  const einmal = { consumeToken: () => Promise.resolve({ ok: true as const, data: approval }) };
  const requirement = { purpose: 'email-change', subject: () => 'ada', ...(channels && { channels }) };
  return decideApproval(einmal, requirement, request);
}

test.each<[Channel, Channel[] | undefined]>([
  ['sms', undefined],
  ['totp', undefined],
  ['totp', ['totp']],
  ['backup-code', ['totp', 'backup-code']],
])('an approval by %s is enough where %j is asked for, and tells the route what it was', async (channel, channels) => {
  expect(await decided(channel, channels)).toEqual({ approval: { channel, amr: ['otp', channel] } });
});

test.each<[Channel, Channel[]]>([
  ['sms', ['totp', 'backup-code']],
  ['backup-code', ['totp']],
  ['totp', []],
])('R73 an approval by %s is not enough where %j is asked for', async (channel, channels) => {
  expect(await decided(channel, channels)).toMatchObject({
    refusal: { status: 403, problem: { code: 'approval-channel', purpose: 'email-change' } },
  });
});
