import { createClient } from 'redis';
import type { Address, Login } from './redis-url.js';

/** Longer than any script takes, shorter than a person waits; a Redis that hangs is treated as one that is away. */
export const SILENCE_MS = 2_000;

/** How every connection to a Redis of one deployment is made, wherever it goes. */
export interface ConnectionOptions {
  tls: boolean;
  login: Login;
  database: number;
}

export type Client = ReturnType<typeof createClient>;

/**
 * A client of one server, not connected yet. It has no offline queue, and what is in flight when the connection breaks
 * fails: nothing is ever sent a second time, late, or to another server.
 *
 * @param again false once nobody wants it any more; until then it connects again and again.
 */
export function clientFor(address: Address, options: ConnectionOptions, again: () => boolean): Client {
  const { tls, login, database } = options;
  const socket = {
    ...address,
    connectTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    reconnectStrategy: (retries: number) => (again() ? Math.min(50 * 2 ** retries, 1_000) : false),
  };
  return pattern().duplicate({
    ...login,
    database,
    disableOfflineQueue: true,
    pingInterval: SILENCE_MS / 2,
    socket: tls ? { ...socket, tls } : socket,
  });
}

let made: Client | undefined;

/** Whose copies all clients are: for each that is made from nothing the library builds a class of 400 commands, which takes 30 ms. */
const pattern = () => (made ??= createClient());
