import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../test/support/servers/until.js';
import { WorldClock } from '../test/support/world-clock.js';
import type { World } from '../test/support/world.js';
import type { Journal } from './journal.js';

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 250;

interface Waiting {
  held: number;
  due: number;
  pending: number;
  /** Messages that endpoints are owed. */
  owed: number;
}

/** What a drain found and did. */
export interface Drained {
  fromMs: number;
  complete: boolean;
  /** When verifications were to expire, by id, where the drain moved that moment. */
  expiries: Map<string, Date>;
}

/** The hours until endpoints are tried again. */
const TRIES_PASS = `
  UPDATE webhook_messages SET due_at = now()
  WHERE status = 'pending' AND due_at > now() AND (lease_until IS NULL OR lease_until <= now())`;

/**
 * Lets everything that still waits come: leases pass by themselves, as they must, then the report timeouts of what is silent are
 * moved to now until no delivery has anything left to do and no endpoint is owed an event, and what is still pending expires.
 */
export async function drain(world: World, journal: Journal): Promise<Drained> {
  const clock = WorldClock.open(world);
  try {
    await until('nobody holds anything', async () => ((await waiting(clock)).held === 0 ? true : null), PATIENCE_MS);
    const fromMs = journal.now();
    const expiries = new Map<string, Date>();
    const deadline = fromMs + PATIENCE_MS;
    for (let left = await waiting(clock); journal.now() < deadline; left = await waiting(clock)) {
      if (left.due + left.pending + left.owed === 0) return { fromMs, complete: true, expiries };
      await clock.rows(TRIES_PASS);
      if (left.due > 0) await clock.reportTimeoutsPass();
      else if (left.pending > 0) for (const { id, at } of await livesPass(clock)) expiries.set(id, at);
      await sleep(LOOK_EVERY_MS);
    }
    return { fromMs, complete: false, expiries };
  } finally {
    await clock.close();
  }
}

async function waiting(clock: WorldClock): Promise<Waiting> {
  const [row] = await clock.rows<Waiting>(`
    SELECT (SELECT count(*) FROM deliveries WHERE lease_until > now())::int AS held,
      (SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL)::int AS due,
      (SELECT count(*) FROM verifications WHERE status = 'pending')::int AS pending,
      (SELECT count(*) FROM webhook_messages WHERE status = 'pending')::int AS owed`);
  if (!row) throw new Error('Postgres said nothing');
  return row;
}

/** The next sweep ends everything that is pending. @returns whose end it was, and when it would have been. */
const livesPass = (clock: WorldClock) =>
  clock.rows<{ id: string; at: Date }>(`
    WITH pending AS (SELECT id, expires_at FROM verifications WHERE status = 'pending' AND expires_at > now())
    UPDATE verifications v SET expires_at = now() FROM pending p WHERE v.id = p.id
    RETURNING v.id, p.expires_at AS at`);
