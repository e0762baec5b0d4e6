import { EVERY_COUNTRY } from '../../src/applications/country-settings.js';
import { execute } from '../../src/cli/execute.js';
import { openLedger, type Ledger } from '../../src/cli/open-ledger.js';
import { readEnv } from '../../src/env.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { freePort } from './servers/free-port.js';
import { RestingRedis } from './resting-redis.js';
import type { Service } from './service.js';
import { startService } from './start-service.js';
import { createMigratedWorld } from './create-world.js';
import type { World } from './world.js';

export interface DeploymentOptions {
  /** How many processes share the world. Default 2. */
  processes?: number;
  /** Variables for every process. */
  env?: Record<string, string>;
  /** Another Redis than the run's. */
  redisUrl?: string;
}

/** A world in which some real processes serve one application, with both of its stores open to look into. */
export async function openDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const { processes = 2, env = {}, redisUrl } = options;
  const world = await createMigratedWorld(redisUrl === undefined ? {} : { redisUrl });
  const ledger = await openLedgerOf(world);
  const port = await freePort();
  // One address for all of them, as behind a balancer: it is the issuer of tokens, and where reports go.
  const shared = { world, env: { PUBLIC_URL: `http://127.0.0.1:${String(port)}`, ...env } };
  const [tenant, redis, first, ...others] = await Promise.all([
    createTenant(ledger, 'shop'),
    RestingRedis.open(world.redisUrl),
    startService({ ...shared, port }),
    ...Array.from({ length: processes - 1 }, () => startService(shared)),
  ]);
  return new Deployment(world, { ledger, redis }, [first, ...others], tenant);
}

/** An application and a key that may do everything an application's key can. */
export interface Tenant {
  applicationId: string;
  key: string;
}

export class Deployment {
  constructor(
    readonly world: World,
    private readonly stores: { ledger: Ledger; redis: RestingRedis },
    readonly services: [Service, ...Service[]],
    readonly tenant: Tenant,
  ) {}

  /** The `n`-th process, from the last on to the first again. */
  service(n = 0): Service {
    return this.services[n % this.services.length] ?? this.services[0];
  }

  get database(): Database {
    return this.stores.ledger.database;
  }

  get redis(): RestingRedis {
    return this.stores.redis;
  }

  createTenant(name: string): Promise<Tenant> {
    return createTenant(this.stores.ledger, name);
  }

  /** In this process: a command line of its own would take a second. */
  createOperatorKey(): Promise<string> {
    return execute({ kind: 'create-operator-key' }, this.stores.ledger);
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    this.stores.redis.close();
    await this.stores.ledger.close();
    await this.world.close();
  }
}

/** What the command line would open; no process is started for it, because every suite does this. */
export async function openLedgerOf(world: World): Promise<Ledger> {
  const { env, problems } = readEnv(world.env);
  if (!env) throw new Error(problems.join('\n'));
  return openLedger(env);
}

export async function createTenant(ledger: Ledger, name: string): Promise<Tenant> {
  const applicationId = await execute({ kind: 'create-application', name, countries: EVERY_COUNTRY }, ledger);
  const scopes: ('verify' | 'read' | 'admin')[] = ['verify', 'read', 'admin'];
  return { applicationId, key: await execute({ kind: 'create-key', application: applicationId, scopes }, ledger) };
}
