import { fileURLToPath } from 'node:url';
import { createTenant, openLedgerOf } from '../../test/support/deployment.js';
import { freePort } from '../../test/support/servers/free-port.js';
import type { Journal } from '../journal.js';
import type { ChaosOptions } from '../options.js';
import type { Tenant } from '../traffic/person.js';
import { ChaosNode } from './chaos-node.js';
import { fakeTimeEnv, fakeTimeLibrary } from './fake-time.js';
import { nodeFile, type NodePlan } from './node-process.js';
import { configYaml } from './settings.js';
import type { Stores } from './stores.js';
import { TcpProxy } from './tcp-proxy.js';

/** Enough that the limit which counts a number across all applications is reached. */
const APPLICATIONS = ['shop', 'bank', 'clinic', 'club', 'forum', 'games', 'school', 'town'] as const;

const PRELOAD = new URL('../preload/steps.mjs', import.meta.url).href;
/** What ships is one file: nothing can be planted into its parts. */
const MODULES = fileURLToPath(new URL('../modules.mjs', import.meta.url));

/** Migrates the database and makes the applications of a run. */
export async function furnish(stores: Stores): Promise<[Tenant, ...Tenant[]]> {
  const ledger = await openLedgerOf(await stores.world());
  try {
    await ledger.migrate();
    const [first, ...others] = APPLICATIONS;
    const tenantOf = async (name: string): Promise<Tenant> => {
      const { applicationId, key } = await createTenant(ledger, name);
      return { id: applicationId, name, key };
    };
    return [await tenantOf(first), ...(await Promise.all(others.map(tenantOf)))];
  } finally {
    await ledger.close();
  }
}

/** What the processes of a run are made of. */
export interface Parts {
  scratch: string;
  stores: Stores;
  /** The configuration's `providers`. */
  providers: string;
  journal: Journal;
  options: Pick<ChaosOptions, 'nodes' | 'preloads'> & {
    /** More to preload, which changes nothing in the service's own modules: with these alone a node runs what ships. */
    beside?: string[];
  };
}

/** The nodes, each with wires of its own to both stores, not started yet. @returns also whether their clocks can be shifted. */
export async function makeNodes(parts: Parts): Promise<{ nodes: [ChaosNode, ...ChaosNode[]]; clocks: boolean }> {
  const library = await fakeTimeLibrary();
  const names = Array.from({ length: parts.options.nodes }, (_, n) => String.fromCharCode('a'.charCodeAt(0) + n));
  const plans = await Promise.all(names.map((name) => planOf(name, parts, library)));
  const [first, ...others] = plans.map((plan) => new ChaosNode(plan, parts.journal));
  if (!first) throw new Error('a run needs nodes');
  return { nodes: [first, ...others], clocks: library !== null };
}

async function planOf(name: string, parts: Parts, library: string | null): Promise<NodePlan> {
  const { scratch, stores, providers, options } = parts;
  const redis = await stores.redis.wires();
  const postgres = await TcpProxy.to(stores.postgres.port);
  const clock = nodeFile({ scratch, name }, 'clock');
  const preloads = [PRELOAD, ...(options.beside ?? []), ...options.preloads].map((url) => `--import=${url}`);
  const env = {
    NODE_ENV: 'production',
    // Only the path of a callback counts: the carrier calls whichever node a balancer would choose.
    PUBLIC_URL: 'http://einmal.test',
    REDIS_URL: redis.url,
    DATABASE_URL: stores.databaseUrl(postgres.port),
    SECRETS: stores.secrets,
    NODE_OPTIONS: preloads.join(' '),
    ...(library !== null && fakeTimeEnv(library, clock)),
  };
  const wires = { redis: redis.proxies, postgres: [postgres] };
  const program = options.preloads.length > 0 ? { program: MODULES } : {};
  return { name, port: await freePort(), scratch, configYaml: configYaml(providers), env, wires, ...program };
}
