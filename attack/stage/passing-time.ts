import pg from 'pg';
import type { Tenant } from '../../test/support/deployment.js';
import { sendsGrowOlder } from '../../test/support/limit-counters.js';
import type { Target } from './target.js';

/** Longer than the rule that allows three messages in ten minutes. */
const TEN_MINUTES_MS = 601_000;

/** As if an attacker had waited ten minutes: it may ask for another message, and its login is still alive. */
export async function passPauses({ world, redis }: Target, { applicationId }: Tenant, id: string): Promise<void> {
  const postgres = new pg.Client({ connectionString: world.databaseUrl });
  await postgres.connect();
  await postgres.query('UPDATE verifications SET resend_at = now() WHERE id = $1', [id]);
  await postgres.end();
  await sendsGrowOlder(redis, TEN_MINUTES_MS, applicationId);
}
