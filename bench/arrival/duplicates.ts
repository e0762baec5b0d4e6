import type { WorldClock } from '../../test/support/world-clock.js';

const SENT_AGAIN = `
  SELECT count(*)::int - count(DISTINCT a.delivery_id)::int AS again
  FROM send_attempts a JOIN deliveries d ON d.id = a.delivery_id
  WHERE d.application_id = $1 AND a.status IN ('accepted', 'ambiguous')`;

/** Messages beyond the first of a delivery that a provider has, or may have. */
export async function countDuplicates(stores: WorldClock, applicationId: string): Promise<number> {
  const [row] = await stores.rows<{ again: number }>(SENT_AGAIN, [applicationId]);
  return row?.again ?? 0;
}
