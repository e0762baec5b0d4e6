import pg from 'pg';
import type { Tenant } from '../../test/support/deployment.js';
import { sendsGrowOlder } from '../../test/support/limit-counters.js';
import type { Target } from './target.js';

/** Longer than the rules of ten minutes and of an hour, so that only the verification's own bound is left. */
const AN_HOUR_MS = 3_601_000;

/** As if an attacker could wait for an hour within the life of one login: it may ask for another message. */
export async function passPauses({ world, redis }: Target, { applicationId }: Tenant, id: string): Promise<void> {
  const postgres = new pg.Client({ connectionString: world.databaseUrl });
  await postgres.connect();
  await postgres.query('UPDATE verifications SET resend_at = now() WHERE id = $1', [id]);
  await postgres.end();
  await sendsGrowOlder(redis, AN_HOUR_MS, applicationId);
}
