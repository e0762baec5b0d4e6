import { inject } from 'vitest';
import { worldOn, type World } from './world.js';

export interface WorldOptions {
  /** Another Redis than the run's, for tests that stop or wipe it. */
  redisUrl?: string;
  /** Another Postgres than the run's, for tests that stop it. */
  postgresUrl?: string;
}

/** `worldOn` the run's servers. */
export const createWorld = ({ redisUrl, postgresUrl }: WorldOptions = {}): Promise<World> =>
  worldOn({ redisUrl: redisUrl ?? inject('redisUrl'), postgresUrl: postgresUrl ?? inject('postgresUrl') });
