import { Script } from '../../platform/redis/script.js';

/** How long an ended or expired state still answers by itself; after that the ledger does. */
export const TOMBSTONE_MS = 15 * 60_000;

/** A guess that has not settled by then counts as lost with its process. */
export const GUESS_LEASE_MS = 5_000;

/** The one key of a verification. Its id is the hash tag, so that every script stays in one slot of a Redis Cluster. */
export const stateKey = (prefix: string, id: string) => `${prefix}v:{${id}}`;

export const markerKey = (prefix: string, applicationId: string, key: string) =>
  `${prefix}idem:{${applicationId}}:${key}`;

export const script = (name: string) => new Script(new URL(`./scripts/${name}.lua`, import.meta.url));
