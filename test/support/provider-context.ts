import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { Report } from '../../src/delivery/domain/outcome.js';

/** What a provider asks of its process, for one that is tried by itself. */
export interface TestedContext extends ProviderContext {
  /** What it reported by itself so far. */
  taken: Report[];
}

/** Nothing is given up too early on a busy machine; who tries silence gives shorter limits. Every MAC is ours but `forged`. */
export function providerContext(over: Partial<ProviderContext> = {}): TestedContext {
  const taken: Report[] = [];
  return {
    taken,
    now: () => Date.now(),
    isOurs: (_, mac) => mac !== 'forged',
    take: (reports) => {
      taken.push(...reports);
      return Promise.resolve();
    },
    limits: { connectMs: 5_000, totalMs: 5_000 },
    log: { info: () => undefined, warn: () => undefined },
    ...over,
  };
}
