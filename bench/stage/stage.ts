import { openScratch } from '../../chaos/command/scratch.js';
import { startPrivatePostgres } from '../../test/support/servers/private-postgres.js';
import { startPrivateRedis } from '../../test/support/servers/private-redis.js';
import type { PrivateServer } from '../../test/support/servers/private-server.js';
import { launchService, type Service } from '../../test/support/service.js';
import { worldOn, type World } from '../../test/support/world.js';
import type { Shop } from '../load/people.js';
import { Carrier } from './carrier.js';
import { openEdge } from './open-edge.js';
import { POOL_THREADS } from './pool-threads.js';

export type HashCost = 'short-lived' | 'owasp';

/** A deployment of its own with one application: one process of the service, and what its shop needs to call it. */
export interface Deployed {
  service: Service;
  shop: Shop;
  world: World;
  /** Starts one more process of the same deployment. */
  another: () => Promise<Service>;
}

/** Where the rows are measured: Redis with an append-only file, Postgres and a gateway on loopback, services as compiled. */
export class Stage {
  private readonly deployments = new Map<HashCost, Promise<Deployed>>();
  /** What is to be stopped, the last one first. */
  private readonly opened: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly scratch: string,
    readonly redis: PrivateServer,
    readonly postgres: PrivateServer,
    readonly carrier: Carrier,
  ) {}

  static async open(): Promise<Stage> {
    const { folder: scratch, remove } = openScratch('bench');
    const [redis, postgres, carrier] = await Promise.all([
      startPrivateRedis(scratch),
      startPrivatePostgres(scratch),
      Carrier.start(),
    ]);
    const stage = new Stage(scratch, redis, postgres, carrier);
    stage.atTheEnd(() => {
      remove();
      return Promise.resolve();
    });
    stage.atTheEnd(() => Promise.all([redis.stop(), postgres.stop()]));
    stage.atTheEnd(() => carrier.stop());
    return stage;
  }

  /** The deployment of a hash cost, on the stage's own Redis. Rows share it. */
  deployed(hashCost: HashCost): Promise<Deployed> {
    const known = this.deployments.get(hashCost);
    if (known) return known;
    const deploying = this.deploy(hashCost, this.redis);
    this.deployments.set(hashCost, deploying);
    return deploying;
  }

  /** A Redis beside the stage's own. */
  async anotherRedis(): Promise<PrivateServer> {
    const redis = await startPrivateRedis(this.scratch);
    this.atTheEnd(() => redis.stop());
    return redis;
  }

  async deploy(hashCost: HashCost, redis: PrivateServer): Promise<Deployed> {
    const world = await worldOn({ redisUrl: redis.url, postgresUrl: this.postgres.url });
    await world.migrate();
    const { key } = await world.createApplication('shop');
    const configYaml = JSON.stringify({ providers: { gateway: this.carrier.provider } });
    const another = async () => {
      // As an operator runs it: no sandbox, and nobody counts. `PUBLIC_URL` is only where the gateway would send its reports.
      const production = { NODE_ENV: 'production', PUBLIC_URL: 'http://127.0.0.1' };
      const service = await launchService(this.scratch, {
        world,
        configYaml,
        env: { ...production, ...POOL_THREADS, HASH_COST: hashCost },
      });
      // Killed, because a stop in production begins with five seconds for balancers.
      this.atTheEnd(() => service.kill());
      return service;
    };
    const service = await another();
    await openEdge(world, service);
    return { service, shop: { key, carrier: this.carrier }, world, another };
  }

  /** @param end is called when the stage closes, before everything that was there earlier. */
  atTheEnd(end: () => Promise<unknown>): void {
    this.opened.push(end);
  }

  async close(): Promise<void> {
    for (const end of this.opened.toReversed()) await end();
  }
}
