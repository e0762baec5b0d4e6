import { channel } from 'node:diagnostics_channel';

/**
 * The moments at which a crash is interesting, in the order of a verification's life. Each is published on Node's
 * diagnostics channel `einmal:step`; nobody listens in production. The crash tests subscribe and kill the process there.
 */
export type Step =
  | 'start:limits-taken'
  | 'start:state-opened'
  | 'start:committed'
  | 'dispatch:claimed'
  | 'dispatch:submitting'
  | 'dispatch:code-hashed'
  | 'dispatch:code-stored'
  | 'dispatch:provider-answered'
  | 'dispatch:recorded'
  | 'report:stored'
  | 'fallback:advanced'
  | 'check:reserved'
  | 'check:hashed'
  | 'check:code-taken'
  | 'check:approved'
  | 'check:settled'
  | 'cancel:committed'
  | 'webhook:answered';

const steps = channel('einmal:step');

/** Marks that the process got this far. Costs one boolean read when nobody listens. */
export function reached(step: Step): void {
  if (steps.hasSubscribers) steps.publish(step);
}
