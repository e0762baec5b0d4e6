import { z } from 'zod';
import { CAUSES, type Cause } from '../../../domain/cause.js';
import type { SubmitFailure, SubmitOutcome } from '../../../domain/outcome.js';

/** Why a message was not taken: `rejected` is final for the channel, after the others another provider is tried. */
export interface Refused {
  failure: SubmitFailure;
  cause: Cause;
  /** With `misconfigured`: this message's, not the account's. Nothing is paused. */
  scope?: 'message';
}

/** A vendor's error codes of a submit and what they mean. */
export type ErrorMap = Readonly<Record<string, Refused>>;

export const rejected = (cause: Cause): Refused => ({ failure: 'rejected', cause });
export const THROTTLED: Refused = { failure: 'throttled', cause: 'provider' };
export const OUT_OF_CREDIT: Refused = { failure: 'quota', cause: 'provider' };
export const UNREACHABLE: Refused = { failure: 'unreachable', cause: 'provider' };
/** The account itself, whatever the message is: a wrong password, a barred account. Passes the provider over for a while. */
export const MISCONFIGURED: Refused = { failure: 'misconfigured', cause: 'provider' };
/** This request: a sender of one application, a parameter. Another provider is tried, and the next message comes here again. */
export const BAD_REQUEST: Refused = { failure: 'misconfigured', cause: 'provider', scope: 'message' };

const FAILURES = ['throttled', 'quota', 'unreachable', 'misconfigured'] as const;

const refusedSchema = z
  .union(
    [
      z.enum(FAILURES).transform((failure): Refused => ({ failure, cause: 'provider' })),
      z.enum(CAUSES).transform(rejected),
    ],
    { error: `must be ${FAILURES.join(', ')}, or the cause of a final rejection: ${CAUSES.join(', ')}` },
  )
  .meta({ description: `${FAILURES.join(', ')}, or the cause of a final rejection` });

/** The option `errors` of a provider: what its error codes of a submit mean here, over what is known of them. */
export const errorsOption = z
  .record(z.string().min(1).max(64), refusedSchema)
  .optional()
  .meta({ description: 'What this vendor’s error codes mean, where it is not what Einmal takes them for' });

/** What a code of a submit means, the operator's own meanings before ours; undefined where nobody knows it. */
export function refusalOf(code: string, ...maps: (ErrorMap | undefined)[]): Refused | undefined {
  return maps.find((map) => map && Object.hasOwn(map, code))?.[code];
}

/** @param detail a short code of the vendor's, never its words. */
export const refuse = (refused: Refused, detail: string): SubmitOutcome => ({ kind: 'refused', ...refused, detail });
