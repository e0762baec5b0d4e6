import { inject } from 'vitest';
import { migrate } from '../../src/cli/migrate.js';
import { migratedTemplate } from './migrated-template.js';
import { worldOn, type World } from './world.js';

export interface WorldOptions {
  /** Another Redis than the run's, for tests that stop or wipe it. */
  redisUrl?: string;
  /** Another Postgres than the run's, for tests that stop it. */
  postgresUrl?: string;
}

/** `worldOn` the run's servers, its database still empty. */
export const createWorld = ({ redisUrl, postgresUrl }: WorldOptions = {}): Promise<World> =>
  worldOn({ redisUrl: redisUrl ?? inject('redisUrl'), postgresUrl: postgresUrl ?? inject('postgresUrl') });

/** Likewise, with every migration applied. */
export async function createMigratedWorld({ redisUrl, postgresUrl }: WorldOptions = {}): Promise<World> {
  const redis = redisUrl ?? inject('redisUrl');
  if (postgresUrl === undefined)
    return worldOn({ redisUrl: redis, postgresUrl: inject('postgresUrl') }, await migratedTemplate());
  const world = await worldOn({ redisUrl: redis, postgresUrl });
  await migrate(world.databaseUrl);
  return world;
}
