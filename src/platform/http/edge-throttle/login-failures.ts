import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { CallerAtEdge } from './caller-at-edge.js';
import { EdgeCeilings } from './edge-ceilings.js';
import { edgeRefusal } from './edge-refusal.js';
import { Hits } from './hits.js';
import { KnownKeys } from './known-keys.js';

/**
 * API keys can not be guessed, but each guess asks Postgres. An address that presents too many invalid ones is refused before anybody
 * looks a key up, save for keys that were valid lately: whoever shares an address with a guesser is not locked out by it.
 */
@Injectable()
export class LoginFailures {
  private readonly knownKeys = new KnownKeys(() => performance.now());

  constructor(
    private readonly hits: Hits,
    private readonly ceilings: EdgeCeilings,
  ) {}

  /** @throws 429 `rate-limited` */
  refuseGuessing({ address, key }: CallerAtEdge): void {
    if (key === null || this.knownKeys.has(key)) return;
    const ceiling = this.ceilings.now.perFailedLogin;
    // The ceiling itself is what may fail: one more is refused.
    const seen = this.hits.look(nameOf(address), ceiling.windowSeconds * 1_000, ceiling.max - 1);
    if (seen.isBlocked) throw edgeRefusal('failed-login', ceiling, seen.timeToBlockExpire);
  }

  /** Learns from every answer whose key was valid. */
  learnFrom(instance: FastifyInstance): void {
    instance.decorateRequest('callerAtEdge', null);
    instance.addHook('onResponse', ({ callerAtEdge, callerId }, { problem }, done) => {
      if (callerAtEdge?.key && problem?.code === 'unauthorized') this.failed(callerAtEdge.address, callerAtEdge.key);
      else if (callerAtEdge?.key && callerId) this.knownKeys.add(callerAtEdge.key);
      done();
    });
  }

  private failed(address: string, key: string): void {
    this.knownKeys.forget(key);
    const { max, windowSeconds } = this.ceilings.now.perFailedLogin;
    void this.hits.increment(nameOf(address), windowSeconds * 1_000, max);
  }
}

const nameOf = (address: string) => `failed:${address}`;
