import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAddress, openRealCarriers, somebody, storyOf, type RealCarriers } from '../support/real-carriers.js';

/** A real gateway that does not take a message: it is gone, its network is, or it does not want to. */
let carriers: RealCarriers;

beforeAll(async () => {
  carriers = await openRealCarriers();
});
afterAll(() => carriers.close());

const digits = (count: number) => String(randomInt(10 ** count)).padStart(count, '0');

it('a gateway that is down at submit: the next channel follows at once; when it is back, SMS go out again', async () => {
  await carriers.peers.kannel.stopGateway();
  const to = somebody('01');
  const startedAt = Date.now();
  const id = await carriers.start(to);
  const verification = await carriers.until(id, ['sms failed', 'voice delivered']);
  expect(Date.now() - startedAt).toBeLessThan(6_000);
  const story = storyOf(verification);
  expect(story.filter((entry) => entry === 'submit unreachable: ECONNREFUSED')).toHaveLength(2);
  expect(story).toEqual(expect.arrayContaining(['failed: cause provider', 'queued: sms failed: provider']));
  const code = await carriers.codeBy('voice', id, to);
  expect((await carriers.check(id, code)).body).toMatchObject({ status: 'approved', channel: 'voice' });
  expect(carriers.smsTo(to)).toEqual([]);

  await carriers.peers.kannel.startGateway();
  const next = somebody('01');
  const again = await carriers.start(next);
  await carriers.until(again, ['sms delivered']);
  expect((await carriers.check(again, await carriers.codeBy('sms', again, next))).status).toBe(200);
});

it('a gateway whose link to the network is down queues: the SMS arrives when the link is back, once', async () => {
  await carriers.peers.kannel.stopSmsc();
  const to = somebody('01');
  const id = await carriers.start(to);
  const waiting = await carriers.until(id, ['sms sent']);
  expect(storyOf(waiting)).toContain('submit accepted: queued for later delivery');

  await carriers.peers.kannel.startSmsc();
  await carriers.until(id, ['sms delivered']);
  expect(carriers.smsTo(to)).toHaveLength(1);
  expect((await carriers.check(id, await carriers.codeBy('sms', id, to))).status).toBe(200);
});

it('a gateway that will not take a number: the next channel follows at once', async () => {
  const to = { phone: `+49175900${digits(5)}`, email: newAddress('ada') };
  const id = await carriers.start(to);
  const verification = await carriers.until(id, ['sms failed', 'voice delivered']);
  expect(storyOf(verification)).toEqual(
    expect.arrayContaining(['submit rejected: not routable', 'failed: cause blocked', 'queued: sms failed: blocked']),
  );
  expect(carriers.smsTo(to)).toEqual([]);
});

it('a gateway that does not know our password: told as what it is, and not tried twice', async () => {
  const to = { phone: `+43664${digits(7)}`, email: newAddress('ada') };
  const id = await carriers.start(to);
  const verification = await carriers.until(id, ['sms failed', 'voice delivered']);
  const story = storyOf(verification);
  expect(story.filter((entry) => entry.startsWith('submit '))).toEqual([
    'submit misconfigured: authorization failed',
    'submit accepted',
  ]);
  const code = await carriers.codeBy('voice', id, to);
  expect((await carriers.check(id, code)).status).toBe(200);
});

it('where another provider serves the channel, it is used before another channel; who refuses the password is not asked each time', async () => {
  const login = async () => {
    const to = { phone: `+4179${digits(5)}01`, email: newAddress('ada') };
    const id = await carriers.start(to);
    const { timeline } = await carriers.until(id, ['sms delivered']);
    expect(carriers.smsTo(to)).toHaveLength(1);
    expect((await carriers.check(id, await carriers.codeBy('sms', id, to))).status).toBe(200);
    return timeline.filter(({ event }) => event.startsWith('submit '));
  };
  expect((await login()).at(-1)).toMatchObject({ event: 'submit accepted', provider: 'kannel' });
  expect(await login()).toMatchObject([{ event: 'submit accepted', provider: 'kannel' }]);
});
