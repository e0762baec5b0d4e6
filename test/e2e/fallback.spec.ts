import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openRealCarriers,
  REPORT_TIMEOUT_SECONDS,
  somebody,
  storyOf,
  type RealCarriers,
} from '../support/real-carriers.js';
import { eventually } from '../support/eventually.js';

/** What follows a silence, and that nothing follows twice, with two processes behind one balancer and one real gateway. */
let carriers: RealCarriers;

beforeAll(async () => {
  carriers = await openRealCarriers({ processes: 2 });
});
afterAll(() => carriers.close());

describe.concurrent('an SMS of which nothing is heard', () => {
  it(`is followed by a call after ${String(REPORT_TIMEOUT_SECONDS)} real seconds, and the code of the call approves`, async () => {
    const to = somebody('05');
    const id = await carriers.start(to);
    await carriers.until(id, ['sms sent']);
    const sentAt = Date.now();
    const verification = await carriers.until(id, ['sms unconfirmed', 'voice delivered'], 30_000);
    const seconds = (Date.now() - sentAt) / 1_000;
    expect(seconds).toBeGreaterThan(REPORT_TIMEOUT_SECONDS - 2);
    expect(seconds).toBeLessThan(REPORT_TIMEOUT_SECONDS + 5);
    expect(storyOf(verification)).toEqual(
      expect.arrayContaining([
        'report underway: dlr 8; effect none: underway',
        'unconfirmed',
        `queued: no report on sms within ${String(REPORT_TIMEOUT_SECONDS)} s`,
      ]),
    );
    const code = await carriers.codeBy('voice', id, to);
    expect((await carriers.check(id, code, 1)).body).toMatchObject({ status: 'approved', channel: 'voice' });
  });

  it('is not followed by anything when its code was typed meanwhile', async () => {
    const to = somebody('05');
    const id = await carriers.start(to);
    await carriers.until(id, ['sms sent']);
    expect((await carriers.check(id, await carriers.codeBy('sms', id, to))).status).toBe(200);
    await carriers.silencePasses(id);
    await carriers.until(id, ['sms unconfirmed']);
    await sleep(1_500);
    expect(await carriers.callsOf(id)).toEqual([]);
    expect(carriers.mailsTo(to)).toEqual([]);
  });

  it('is still worth its code after the call went out, and both share one budget', async () => {
    const to = somebody('05');
    const id = await carriers.start(to);
    await carriers.until(id, ['sms sent']);
    await carriers.silencePasses(id);
    await carriers.until(id, ['sms unconfirmed', 'voice delivered']);
    expect((await carriers.check(id, '0000000000')).body).toMatchObject({ code: 'wrong-code', attemptsLeft: 4 });
    const code = await carriers.codeBy('sms', id, to);
    expect((await carriers.check(id, code, 1)).body).toMatchObject({ status: 'approved', channel: 'sms' });
  });

  it('and whose report comes after all is noted as late, and nothing more is sent', async () => {
    const to = somebody('10');
    const id = await carriers.start(to);
    await carriers.until(id, ['sms sent']);
    await carriers.silencePasses(id);
    await carriers.until(id, ['sms unconfirmed', 'voice delivered']);
    await eventually(
      async () => {
        const { body } = await carriers.client.read(carriers.service(), id);
        expect(storyOf(body)).toContain('report delivered: DELIVRD err:000; effect delivered-late');
      },
      { interval: 200 },
    );
    expect(await carriers.deliveriesOf(id)).toEqual(['sms unconfirmed', 'voice delivered']);
  });

  it('because the gateway got no answer that it could report, is waited for like any other', async () => {
    const to = somebody('08');
    const id = await carriers.start(to);
    await eventually(
      async () => {
        const { body } = await carriers.client.read(carriers.service(), id);
        expect(storyOf(body)).toContain('report unknown: NACK/Retries Exceeded; effect none: status unknown');
      },
      { interval: 200 },
    );
    expect(await carriers.deliveriesOf(id)).toEqual(['sms sent']);
    await carriers.silencePasses(id);
    await carriers.until(id, ['sms unconfirmed', 'voice delivered']);
  });
});

describe.concurrent('I6 two processes and one gateway', () => {
  it('hand over every message once, and every failure is followed once, whichever process hears of it', async () => {
    const people = ['01', '02', '04', '06', '09', '21'].flatMap((digits) =>
      Array.from({ length: 5 }, () => ({ digits, to: somebody(digits) })),
    );
    const started = await Promise.all(
      people.map(async (person, n) => ({ ...person, id: await carriers.start(person.to, {}, n) })),
    );
    const arrives = (digits: string) => ['01', '06'].includes(digits);
    const second = (digits: string) => (digits === '04' ? 'voice delivered' : 'email sent');
    await Promise.all(
      started.map(({ digits, id }) =>
        carriers.until(id, arrives(digits) ? ['sms delivered'] : ['sms failed', second(digits)], 40_000),
      ),
    );
    for (const { digits, to, id } of started) {
      const calls = await carriers.callsOf(id);
      const sent = { sms: carriers.smsTo(to).length, calls: calls.length, mails: carriers.mailsTo(to).length };
      const calls1 = digits === '04' ? 1 : 0;
      expect({ digits, ...sent }).toEqual({ digits, sms: 1, calls: calls1, mails: arrives(digits) ? 0 : 1 - calls1 });
    }
    const reported = new Set(carriers.peers.callbacks.requests.map(({ status }) => status));
    expect(reported).toEqual(new Set([200]));
  });
});
