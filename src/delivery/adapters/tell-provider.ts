import type { Log } from '../../platform/log/log.js';
import { observe, observed } from '../../shared/observations.js';
import type { BreakerState } from '../application/provider-health.js';
import type { Pause } from './pauses.js';

/** Shorter pauses come and go with every busy minute. */
const WORTH_A_LINE_MS = 5_000;

/** Tells whoever watches and whoever reads the log how a provider is doing. */
export class TellProvider {
  constructor(
    private readonly provider: string,
    private readonly log: Log,
  ) {}

  /** Its breaker has changed. */
  breaker(state: BreakerState): void {
    this.log.warn('provider.breaker', { provider: this.provider, state });
  }

  state(state: BreakerState): void {
    if (observed()) observe({ kind: 'breaker-state', provider: this.provider, state });
  }

  paused({ because, forMs }: Pause): void {
    const until = (Date.now() + forMs) / 1_000;
    const { provider } = this;
    if (observed()) observe({ kind: 'provider-paused', provider, until });
    if (forMs >= WORTH_A_LINE_MS)
      this.log.warn('provider.paused', { provider, because, seconds: Math.round(forMs / 1_000) });
  }
}
