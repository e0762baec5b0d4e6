/**
 * Everything happens to a verification at the same moment: its messages are recorded as sent, reported and given up, the person
 * asks again, types, and the time is over. Whoever is told of it must hear all of it once and in the order in which it was
 * committed, nobody may wait for the other for ever, and what dies in the middle has not happened (R85, I13).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ForgetDeliveries } from '../../src/delivery/application/forget-deliveries.js';
import type { Query } from '../../src/platform/postgres/database.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { MemoryStates } from '../../src/verification/adapters/memory-states.js';
import { MemoryVerifications } from '../../src/verification/adapters/memory-verifications.js';
import { PostgresArchive } from '../../src/verification/adapters/postgres-archive.js';
import { ForgetRecords } from '../../src/verification/application/keep/forget-records.js';
import { eventually } from '../support/eventually.js';
import { EventBench } from '../support/event-bench.js';
import { newId } from '../support/deliveries.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

const VERIFICATIONS = 40;
const AT_ONCE = 4;

let opened: TestDatabase;
let bench: EventBench;

beforeAll(async () => {
  opened = await openTestDatabase();
  bench = new EventBench(opened.database);
  await bench.endpoint(null);
});
afterAll(() => opened.close());

type Underway = Awaited<ReturnType<typeof underway>>;

/** One that a provider is just taking, with its send attempt. */
async function underway() {
  await bench.start();
  const [due] = await bench.delivery.due.claim(1);
  const attemptId = newId('att');
  const begun = due && (await bench.delivery.due.begin(due, { id: attemptId, providerId: 'sms-1' }));
  if (!begun) throw new Error('its message could not be begun');
  return { id: begun.messageId, attemptId, begun };
}

/** All that can happen to it, at once. */
async function everythingHappens({ id, attemptId, begun }: Underway): Promise<void> {
  const { due } = bench.delivery;
  const next = (n: number, origin: 'fallback' | 'resend') =>
    bench.steps.advance(id, 0, { deliveryId: `${id}_${String(n)}`, channel: 'voice', origin, reason: 'race' });
  await Promise.all([
    due.settle(begun, { status: 'sent' }, { id: attemptId, status: 'accepted' }),
    bench.delivery.report('sms-1', attemptId, { status: 'failed', cause: 'other' }),
    bench.delivery.report('sms-1', attemptId, { status: 'delivered' }),
    bench.delivery.report('sms-1', attemptId, { status: 'delivered', detail: 'again' }),
    ...[next(1, 'fallback'), next(2, 'resend'), bench.endings.countWrong(id), bench.endings.countWrong(id)],
    ...[bench.endings.approve(id, { channel: 'sms', tokenId: 'tok_1' }), bench.endings.end(id, 'canceled')],
    bench.delivery.run(),
  ]);
}

/** What an onlooker sees at some moment of places that are taken although those before them are not there yet. */
const gaps = () =>
  opened.database.query(
    `SELECT verification_id FROM events GROUP BY verification_id HAVING max(sequence) <> count(DISTINCT sequence) OR count(*) <> max(sequence)`,
  );

test('R85 I13 all of it is told once, in the order of its commits, and nobody waits for ever', async () => {
  const race = new AbortController();
  const over = race.signal;
  const seen: unknown[] = [];
  const onlooker = (async () => {
    do seen.push(...(await gaps()));
    while (!over.aborted);
  })();
  for (let n = 0; n < VERIFICATIONS; n += AT_ONCE) {
    const raced: Underway[] = [];
    for (let one = 0; one < AT_ONCE; one += 1) raced.push(await underway());
    await Promise.all(raced.map(everythingHappens));
  }
  race.abort();
  await onlooker;

  expect([seen, await gaps()]).toEqual([[], []]);
  const sql = `SELECT type, count(*)::int AS times FROM events GROUP BY type ORDER BY type`;
  const times = await opened.database.query<{ type: string; times: number }>(sql);
  const told = Object.fromEntries(times.map((row) => [row.type, row.times]));
  const {
    'verification.approved': approved = 0,
    'verification.failed': failed = 0,
    'verification.canceled': canceled = 0,
  } = told;
  expect([told['verification.started'], approved + failed + canceled]).toEqual([VERIFICATIONS, VERIFICATIONS]);
  const unmatched = `SELECT FROM verifications v WHERE last_event <> (SELECT count(*) FROM events WHERE verification_id = v.id)`;
  expect(await opened.database.query(unmatched)).toEqual([]);
});

/** Who waits for this connection, and who for them. Within a transaction `pg_stat_activity` would stay as it was at first. */
const WAITING = `
  WITH RECURSIVE blocked AS (SELECT DISTINCT pid, pg_blocking_pids(pid) AS by FROM pg_locks WHERE NOT granted),
  waiting AS (
    SELECT pid FROM blocked WHERE pg_backend_pid() = ANY (by)
    UNION SELECT b.pid FROM waiting w JOIN blocked b ON w.pid = ANY (b.by))
  SELECT pid FROM waiting`;

/** Returns who waits for this connection, directly or for one who does, once they are so many. */
const waiting = (query: Query, count: number) =>
  eventually(async () => {
    const pids = (await query<{ pid: number }>(WAITING)).map(({ pid }) => pid);
    expect(pids).toHaveLength(count);
    return pids;
  });

/** What still tells of a verification. */
const leftOf = (id: string) =>
  opened.database.query(
    `SELECT id::text FROM events WHERE verification_id = $1
     UNION ALL SELECT event_id::text FROM webhook_messages WHERE verification_id = $1
     UNION ALL SELECT id FROM verifications WHERE id = $1`,
    [id],
  );

/** Records that its message was sent, and holds that up halfway: the delivery has changed, the event has no place yet. */
async function heldUp<Found>(
  { id, attemptId, begun }: Underway,
  meanwhile: (settled: Promise<unknown>, wait: (count: number) => Promise<number[]>, query: Query) => Promise<Found>,
): Promise<Found> {
  return opened.database.transaction(async (query) => {
    await query('SELECT FROM verifications WHERE id = $1 FOR UPDATE', [id]);
    const settled = bench.delivery.due.settle(begun, { status: 'sent' }, { id: attemptId, status: 'accepted' });
    // Where the test fails meanwhile, that is what it tells.
    settled.catch(() => undefined);
    return meanwhile(settled, (count) => waiting(query, count), query);
  });
}

test('R85 what dies in the middle has neither happened nor been told', async () => {
  const one = await underway();
  await heldUp(one, async (settled, wait, query) => {
    const refused = expect(settled).rejects.toMatchObject({ code: 'unavailable' });
    await query('SELECT pg_terminate_backend($1)', await wait(1));
    await refused;
  });

  expect((await bench.events(one.id)).map(({ type }) => type)).toEqual(['verification.started']);
  const left = [{ status: 'submitting', attempts: [{ status: 'submitting' }] }];
  expect(await bench.delivery.history.of(one.id)).toMatchObject(left);
});

test('R90 a verification that is erased while its message is sent leaves no event behind', async () => {
  const one = await underway();
  await bench.endings.end(one.id, 'canceled');
  const states = new MemoryStates(new SystemClock());
  const deliveries = new ForgetDeliveries(bench.delivery.history);
  const archive = new PostgresArchive(opened.database);
  const forgetting = new ForgetRecords(archive, bench.endings, new MemoryVerifications(states), deliveries);
  const erasing = await heldUp(one, async (_settled, wait) => {
    await wait(1);
    const erased = forgetting.forget([one.id]);
    await wait(2);
    return { erased };
  });
  await erasing.erased;

  expect(await leftOf(one.id)).toEqual([]);
});

test('R90 a verification that is erased while its end is recorded leaves no event behind', async () => {
  const { id } = await underway();
  const archive = new PostgresArchive(opened.database);
  const both = await opened.database.transaction(async (query) => {
    await query('SELECT FROM verifications WHERE id = $1 FOR UPDATE', [id]);
    const ended = bench.endings.end(id, 'canceled');
    await waiting(query, 1);
    const erased = archive.delete([id]);
    await waiting(query, 2);
    return [ended, erased];
  });
  await Promise.all(both);

  expect(await leftOf(id)).toEqual([]);
});
