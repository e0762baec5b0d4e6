import { describe, expect, it } from 'vitest';
import { timeline, type TimelineDelivery } from './timeline.js';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const sms: TimelineDelivery = {
  ...{
    id: 'dlv_1',
    channel: 'sms',
    status: 'failed',
    cause: 'landline',
    reason: 'first channel of the plan',
    note: null,
  },
  ...{ createdAt: at(0), endedAt: at(3) },
  attempts: [
    {
      ...{ providerId: 'main', status: 'accepted', detail: null, createdAt: at(1), endedAt: at(2) },
      ...{ encoding: 'ucs2', segments: 2 },
      reports: [{ status: 'failed', cause: 'landline', detail: 'UNDELIV', effect: 'failed', receivedAt: at(3) }],
    },
  ],
};
const voice: TimelineDelivery = {
  ...{ id: 'dlv_2', channel: 'voice', status: 'queued', cause: null, reason: 'sms failed: landline', note: null },
  ...{ createdAt: at(4), endedAt: null, attempts: [] },
};
const life = {
  status: 'approved',
  createdAt: new Date(at(0)),
  endedAt: new Date(at(9)),
  failedChecks: 2,
  approvedChannel: 'voice' as const,
};

describe('timeline', () => {
  it('tells why the SMS failed, why the call was made, and which code was right', () => {
    expect(timeline(life, [sms, voice]).map(({ event, detail }) => [event, detail])).toEqual([
      ['started', undefined],
      ['queued', 'first channel of the plan'],
      ['submitting', undefined],
      ['submit accepted', undefined],
      ['report failed', 'UNDELIV; cause landline; effect failed'],
      ['failed', 'cause landline'],
      ['queued', 'sms failed: landline'],
      ['approved', 'with the code sent by voice, after 2 wrong'],
    ]);
  });

  it('tells how a text message went over the air where it was handed over, and nowhere else', () => {
    const [, , , submitted, ...others] = timeline(life, [sms, voice]);
    expect(submitted).toMatchObject({ event: 'submit accepted', encoding: 'ucs2', segments: 2 });
    for (const entry of others) expect(entry).not.toHaveProperty('segments');
  });

  it('is in order of time whatever the order of the deliveries', () => {
    const times = timeline(life, [voice, sms]).map((entry) => entry.at);
    expect(times).toEqual([...times].sort());
  });

  it('has no end while there is none', () => {
    const pending = { ...life, status: 'pending', endedAt: null };
    expect(timeline(pending, []).map(({ event }) => event)).toEqual(['started']);
  });

  it.each([
    ['totp', 'with a code of an authenticator, after 2 wrong'],
    ['backup-code', 'with a backup code, after 2 wrong'],
  ] as const)('tells that a code of a factor was right, which nobody had sent: %s', (approvedChannel, detail) => {
    const refusal = { on: 'failed-check', refusedBy: ['x'], atMs: Date.parse(at(5)), channel: approvedChannel };
    expect(timeline({ ...life, approvedChannel }, [], [refusal]).slice(1)).toEqual([
      { at: at(5), event: 'check refused', channel: approvedChannel, detail: 'x' },
      { at: at(9), event: 'approved', detail },
    ]);
  });

  it('tells what was asked for and refused, and by which rules', () => {
    const refused = (on: string, refusedBy: string[]) => ({ on, refusedBy, atMs: Date.parse(at(5)), channel: 'sms' });
    const told = timeline(
      life,
      [sms],
      [refused('send', ['ip-hour', 'recipient-hour']), refused('failed-check', ['x'])],
    );

    expect(told.filter(({ at: moment }) => moment === at(5))).toEqual([
      { at: at(5), event: 'send refused', channel: 'sms', detail: 'ip-hour, recipient-hour' },
      { at: at(5), event: 'check refused', channel: 'sms', detail: 'x' },
    ]);
  });
});
