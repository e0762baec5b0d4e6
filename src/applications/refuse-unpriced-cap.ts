import type { Query } from '../platform/postgres/database.js';
import { channelsWithoutPrice } from './refusals.js';
import type { EffectiveSettings } from './settings.js';

/** Read where they are kept: which of them is in memory here must not decide what may be saved. */
const PRICED = 'SELECT FROM prices WHERE channel = ANY ($1) LIMIT 1';

/**
 * Under a cap nothing is sent over a channel without any price. A cap over nothing but such channels would stop everything.
 *
 * @throws 422 `no-price`
 */
export async function refuseUnpricedCap({ spend, plan }: EffectiveSettings, query: Query): Promise<void> {
  if (spend?.mode !== 'enforce') return;
  if ((await query(PRICED, [plan])).length === 0) throw channelsWithoutPrice(plan);
}
