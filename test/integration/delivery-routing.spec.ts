import { beforeEach, describe, expect, it, test } from 'vitest';
import { BOUNDS, GuardedProvider } from '../../src/delivery/adapters/guarded-provider.js';
import type { SubmitFailure, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { Log } from '../../src/platform/log/log.js';
import { DeliveryBench, ScriptedProvider } from '../support/delivery-bench.js';
import { newId, queueDelivery } from '../support/deliveries.js';
import { deliveryLedger } from '../support/delivery-ledger.js';

/** Over whom messages go while some providers can not, or may not, be used. */
// Whatever an earlier test left waiting is not to go over this one's providers.
const ledger = deliveryLedger();
let providers: Record<'cheap' | 'good' | 'dear' | 'calls', ScriptedProvider>;
let bench: DeliveryBench;

beforeEach(() => {
  const sms = (id: string) => new ScriptedProvider(id, 'sms');
  providers = {
    cheap: sms('cheap'),
    good: sms('good'),
    dear: sms('dear'),
    calls: new ScriptedProvider('calls', 'voice'),
  };
  const guards = Object.values(providers).map((one) => new GuardedProvider(one, Log.to('silent'), BOUNDS));
  bench = new DeliveryBench(ledger.database, guards);
  bench.messages.channels = ['sms', 'voice'];
});

const refused = (failure: SubmitFailure, retryAfterSeconds?: number): SubmitOutcome => ({
  ...{ kind: 'refused', failure, cause: 'provider', detail: 'said' },
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

/** What became of a new message: its steps, each with its attempts. */
async function sendOne() {
  const message_id = newId('msg');
  await queueDelivery(ledger.database, { message_id });
  await bench.run();
  return story(message_id);
}

async function story(message_id: string) {
  const deliveries = await bench.history.of(message_id);
  return deliveries.map(({ channel, status, reason, note, attempts }) => ({
    ...{ channel, status, reason, note },
    over: attempts.map(({ providerId, status: outcome }) => `${providerId} ${outcome}`),
  }));
}

describe('whoever can serve now does, in order of preference', () => {
  it('while one after the other is switched off, throttled, out of credit or silent, and nothing is lost', async () => {
    expect(await sendOne()).toMatchObject([{ over: ['cheap accepted'], note: null }]);

    providers.cheap.outcomes.push(refused('throttled', 60));
    expect(await sendOne()).toMatchObject([{ over: ['cheap throttled', 'good accepted'] }]);
    expect(await sendOne()).toMatchObject([{ over: ['good accepted'], note: 'not over cheap: throttled' }]);

    providers.good.outcomes.push(refused('quota'));
    expect(await sendOne()).toMatchObject([{ over: ['good quota', 'dear accepted'] }]);
    expect(await sendOne()).toMatchObject([
      { over: ['dear accepted'], note: 'not over cheap: throttled; not over good: quota' },
    ]);

    bench.switches.off.add('dear');
    // Who has no credit is asked again, since nobody else is left, and has some now.
    expect(await sendOne()).toMatchObject([{ over: ['good accepted'], note: 'not over cheap: throttled' }]);
    expect(await sendOne()).toMatchObject([{ over: ['good accepted'] }]);

    const before = providers.good.requests.length;
    providers.good.outcomes.push(...Array<SubmitOutcome>(20).fill({ kind: 'ambiguous', detail: 'timeout' }));
    let latest = await sendOne();
    while (latest[0]?.over[0] === 'good ambiguous') latest = await sendOne();
    expect(providers.good.requests.length - before).toBeLessThanOrEqual(20);
    const note =
      'not over dear: provider switched off by operator; not over cheap: throttled; not over good: circuit open';
    expect(latest).toEqual([
      { channel: 'sms', status: 'failed', reason: 'asked for', note, over: [] },
      { channel: 'voice', status: 'sent', reason: 'sms failed: provider', note: null, over: ['calls accepted'] },
    ]);

    bench.switches.off.clear();
    expect(await sendOne()).toMatchObject([{ over: ['dear accepted'] }]);
  });

  it('gives back what was counted for a delivery that nobody took', async () => {
    bench.switches.off.add('good').add('dear');
    providers.cheap.outcomes.push(refused('throttled', 60));
    await sendOne();
    const before = bench.messages.unsent.length;
    await sendOne();
    expect(bench.messages.unsent.length).toBe(before + 1);
    // No text was made for it.
    expect(bench.messages.claimed.filter((id) => id === bench.messages.unsent.at(-1))).toEqual([]);
  });

  it('where there is no other way to go it waits for a provider that is away, as long as its code could be typed', async () => {
    bench.switches.off.add('good').add('dear').add('calls');
    providers.cheap.outcomes.push(...Array<SubmitOutcome>(20).fill({ kind: 'ambiguous', detail: 'timeout' }));
    let latest = await sendOne();
    while (latest[0]?.over[0] === 'cheap ambiguous') latest = await sendOne();
    expect(latest).toMatchObject([{ status: 'queued', over: [] }]);
    await ledger.database.query(`UPDATE deliveries SET due_at = now(), expires_at = now() + interval '65 seconds'`);
    await bench.run();
    const ended = await ledger.database.query('SELECT status, note FROM deliveries WHERE status = $1', ['failed']);
    expect(ended).toEqual([
      { status: 'failed', note: expect.stringContaining('not over cheap: circuit open') as string },
    ]);
    bench.switches.off.delete('calls');
    expect(await sendOne()).toMatchObject([{ channel: 'sms', status: 'failed' }, { over: ['calls accepted'] }]);
  });

  it('a short pause of the only provider is waited for, in the queue', async () => {
    bench.switches.off.add('good').add('dear');
    providers.cheap.outcomes.push(refused('throttled', 4));
    expect(await sendOne()).toMatchObject([{ status: 'queued', over: ['cheap throttled'] }]);
    expect(await sendOne()).toMatchObject([{ status: 'queued', over: [] }]);
    expect(bench.messages.claimed).toHaveLength(1);
  });
});

test('a burst goes out at the pace of the first provider; what would wait too long goes over the next', async () => {
  const [slow, next] = [new ScriptedProvider('slow', 'sms'), new ScriptedProvider('next', 'sms')];
  const guards = [
    new GuardedProvider(slow, Log.to('silent'), { ...BOUNDS, maxPerSecond: 5 }),
    new GuardedProvider(next, Log.to('silent'), BOUNDS),
  ];
  const paced = new DeliveryBench(ledger.database, guards);
  const ids = await Promise.all(Array.from({ length: 40 }, () => queueDelivery(ledger.database, {})));
  await paced.run();
  const [waiting] = await ledger.database.query<{ count: number; late: number }>(
    `SELECT count(*)::int AS count, count(*) FILTER (WHERE due_at > now() + interval '3 seconds')::int AS late
     FROM deliveries WHERE id = ANY ($1) AND status = 'queued'`,
    [ids],
  );
  // One second's worth at once, two seconds' worth in the line; on a busy machine a few more had their turn meanwhile.
  expect(slow.requests.length).toBeGreaterThanOrEqual(5);
  expect(next.requests.length).toBeGreaterThan(0);
  expect(slow.requests.length + next.requests.length + (waiting?.count ?? 0)).toBe(40);
  expect(waiting?.late).toBe(0);
});

describe('a failure that may pass', () => {
  const failed = { status: 'failed', cause: 'unreachable', transient: true } as const;
  let message_id: string;
  const attemptOver = (provider: ScriptedProvider) => provider.requests.at(-1)?.attemptId ?? '';
  const fails = async (id: 'cheap' | 'good' | 'dear', more: object = {}) => {
    await bench.report(id, attemptOver(providers[id]), { ...failed, ...more });
    await bench.run();
  };
  const ways = async () => (await story(message_id)).map(({ channel, over }) => `${channel}: ${over.join(', ')}`);

  beforeEach(async () => {
    message_id = newId('msg');
    bench.messages.tryOtherProvider = true;
    await queueDelivery(ledger.database, { message_id });
    await bench.run();
  });

  it('goes over each other provider once, where the application wants it, and then over the next channel', async () => {
    await fails('cheap');
    expect((await story(message_id))[1]).toMatchObject({
      ...{ channel: 'sms', status: 'sent', reason: 'sms failed: unreachable; over another provider' },
    });
    await fails('good');
    await fails('dear');
    await fails('dear', { detail: 'said again' });
    expect(await ways()).toEqual([
      'sms: cheap accepted',
      'sms: good accepted',
      'sms: dear accepted',
      'voice: calls accepted',
    ]);
  });

  it('goes over the next channel at once where the application does not want it, or the failure is for good', async () => {
    await fails('cheap', { transient: false });
    expect(await ways()).toEqual(['sms: cheap accepted', 'voice: calls accepted']);
    bench.messages.tryOtherProvider = false;
    message_id = newId('msg');
    await queueDelivery(ledger.database, { message_id });
    await bench.run();
    await fails('cheap');
    expect(await ways()).toEqual(['sms: cheap accepted', 'voice: calls accepted']);
  });

  it('never goes over the same provider again, whoever is switched off or refuses meanwhile', async () => {
    bench.switches.off.add('good');
    providers.dear.outcomes.push(refused('throttled', 4));
    await fails('cheap');
    expect(await ways()).toEqual(['sms: cheap accepted', 'sms: dear throttled']);
    expect(providers.cheap.requests).toHaveLength(1);
  });

  it('whatever order its reports come in, and however often, one thing follows', async () => {
    const attemptId = attemptOver(providers.cheap);
    const said = ['failed', 'failed', 'delivered', 'underway', 'failed'] as const;
    await Promise.all(
      said.map((status, n) => bench.report('cheap', attemptId, { ...failed, status, detail: `n ${String(n)}` })),
    );
    await bench.run();
    await bench.run();
    const [first, ...others] = await story(message_id);
    // Delivered came first, or it came late and the next provider's message was not needed any more.
    expect(['delivered', 'failed']).toContain(first?.status);
    expect(others.flatMap(({ over }) => over)).toEqual([]);
    expect(providers.good.requests).toHaveLength(0);
  });
});
