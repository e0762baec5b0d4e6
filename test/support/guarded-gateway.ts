import { GuardedProvider } from '../../src/delivery/adapters/guarded-provider.js';
import { Provider, type SubmitRequest } from '../../src/delivery/application/provider.js';
import type { BreakerState } from '../../src/delivery/application/provider-health.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { Log } from '../../src/platform/log/log.js';

export const silent: SubmitOutcome = { kind: 'ambiguous', detail: 'timeout' };
export const accepted: SubmitOutcome = { kind: 'accepted' };
export const throttled = {
  ...{ kind: 'refused', failure: 'throttled', cause: 'provider', detail: '503' },
} as const satisfies SubmitOutcome;
export const request = {} as SubmitRequest;

/** No more than every provider is. */
export class Bare extends Provider {
  readonly id = 'gateway';
  readonly channel = 'sms';

  submit(): Promise<SubmitOutcome> {
    return Promise.resolve(accepted);
  }
  readReports(): null {
    return null;
  }
}

/** Answers what it is told to, and counts how often it was asked. */
export class Gateway extends Bare {
  asked = 0;
  link: BreakerState = 'closed';
  answer: () => Promise<SubmitOutcome> = () => Promise.resolve(accepted);

  override submit(): Promise<SubmitOutcome> {
    this.asked += 1;
    return this.answer();
  }
  override breakerState(): BreakerState {
    return this.link;
  }
}

const TRY_AGAIN_MS = 50;
/** A gateway behind a guard whose breaker looks at twenty sends. @returns also what the guard logs. */
export function guarded(maxPerSecond?: number): { gateway: Gateway; guard: GuardedProvider; lines: string[] } {
  const [gateway, lines] = [new Gateway(), [] as string[]];
  const bounds = {
    share: 0.5,
    sends: 20,
    windowMs: 30_000,
    tryAgainAfterMs: TRY_AGAIN_MS,
    mostAtOnce: 2,
    maxPerSecond,
  };
  const log = Log.to('info', { write: (line) => lines.push(line) });
  return { gateway, guard: new GuardedProvider(gateway, log, bounds), lines };
}
export const says = (outcome: SubmitOutcome) => () => Promise.resolve(outcome);
/** Until one may try again whether somebody answers. */
export const untilOneMayTry = () => new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS + 10));

/** Ten accepted, then nine that say nothing: one fewer than opens it. */
export async function nearlyOpen(gateway: Gateway, guard: GuardedProvider): Promise<void> {
  for (let n = 0; n < 10; n += 1) await guard.submit(request);
  gateway.answer = says(silent);
  for (let n = 0; n < 9; n += 1) await guard.submit(request);
}
