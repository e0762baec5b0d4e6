import type { TakeOptions } from '../domain/counters-for.js';
import type { Dimensions, LimitOn } from '../domain/rule.js';
import type { Decision, Outcome } from './ports.js';

/** What the limiter tells of an act. */
export interface Told {
  on: LimitOn;
  /** The name it was counted under; absent where nothing is counted. */
  act?: string;
  dimensions: Dimensions;
  options?: TakeOptions;
  refusedBy?: string[];
  shadowedBy?: string[];
  outcome?: Outcome;
}

/** The decision as it is kept: all that is needed to make it again. */
export function decisionOf({ options = {}, refusedBy = [], shadowedBy = [], ...told }: Told): Decision {
  return {
    ...told,
    ...{ applicationId: told.dimensions.applicationId, refusedBy, shadowedBy },
    verificationId: options.verificationId ?? null,
    channel: options.channel,
    fallback: options.cooldown === false,
    lockedAs: options.unlessLocked?.recipient,
  };
}
