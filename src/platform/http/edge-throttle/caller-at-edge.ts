import type { FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';

/** Who calls, as far as it can be told before anybody is authenticated. */
export interface CallerAtEdge {
  /** The client's as the configured proxies tell it, IPv6 by its /64. */
  address: string;
  /** What stands for the presented API key, valid or not; null without one. The key itself is kept nowhere. */
  key: string | null;
  /** Counted apart from all else. */
  admin: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard at the edge; null where it does not look. */
    callerAtEdge: CallerAtEdge | null;
  }
}

/** Half of a SHA-256: nobody finds another key with the same, and it says nothing about the key. */
const KEY_CHARACTERS = 32;

/** @param address as the throttler canonicalises it. */
export function callerAtEdge({ headers, routeOptions }: FastifyRequest, address: string): CallerAtEdge {
  const [, presented] = /^bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  const key = presented === undefined ? null : hash('sha256', presented, 'hex').slice(0, KEY_CHARACTERS);
  return { address, key, admin: routeOptions.url?.startsWith('/v1/admin/') ?? false };
}
