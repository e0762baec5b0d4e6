import { openLedger, type Ledger } from '../../src/cli/open-ledger.js';
import { readEnv } from '../../src/env.js';
import type { World } from '../../test/support/world.js';

/** A world's Postgres, opened as the command line opens it. */
export function ledgerOf(world: World): Promise<Ledger> {
  const { env, problems } = readEnv(world.env);
  if (!env) throw new Error(problems.join('\n'));
  return openLedger(env);
}
