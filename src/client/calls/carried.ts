import type { CALLS, Problem } from '../api.js';

export type CallName = keyof typeof CALLS;

/** What any call may meet, whatever its own page says: a ceiling against floods, a fault of the service. */
export const ANYWHERE = ['internal', 'invalid-request', 'not-found', 'rate-limited'] as const;

/** The codes with which a call may be refused. */
export type CodeOf<Call extends CallName> = (typeof CALLS)[Call]['codes'][number] | (typeof ANYWHERE)[number];

const nothing = () => ({});
const texts = (said: unknown) => (Array.isArray(said) ? said.map(String) : []);
const number = (said: unknown) => (typeof said === 'number' ? said : 0);

/** Coming back helps, then. */
const wait = ({ retryAfterSeconds = 1 }: Problem) => ({ retryAfterSeconds });
/** The time is absent where waiting does not help: all messages of a verification are used up. */
const limits = ({ retryAfterSeconds, violatedPolicies }: Problem) => ({
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  /** Names of the limits. Not for end users. */
  violatedPolicies: texts(violatedPolicies),
});
const attempts = ({ attemptsLeft }: Problem) => ({ attemptsLeft: number(attemptsLeft) });
const reason = ({ reason: said }: Problem) => (typeof said === 'string' ? { reason: said } : {});

/** What each refusal carries besides what all do. A code that the API gains does not compile until it stands here. */
export const CARRIED = {
  'already-active': nothing,
  'already-approved': nothing,
  'application-disabled': nothing,
  'attempts-used-up': attempts,
  'blocked-address': nothing,
  canceled: nothing,
  cooldown: wait,
  'enrolment-ended': nothing,
  expired: reason,
  'factor-proof-needed': nothing,
  forbidden: nothing,
  'idempotency-in-flight': wait,
  'idempotency-mismatch': nothing,
  internal: nothing,
  'invalid-request': ({ errors = [] }) => ({ errors }),
  'invalid-token': reason,
  'link-in-text': nothing,
  /** `other-channel`: the verification takes others. `no-factor`: the subject has none that could be used. */
  'no-channel': reason,
  'no-price': nothing,
  'not-found': nothing,
  overloaded: wait,
  /** `factor-locked`: too many of its codes were wrong; whatever else the person has is open. */
  'rate-limited': (problem) => ({ ...limits(problem), ...reason(problem) }),
  'recipient-refused': reason,
  'template-lacks-channel': ({ channels }) => ({ channels: texts(channels) }),
  'template-needs-binding': nothing,
  'template-needs-purpose': nothing,
  'text-too-long': ({ segments, maxSegments }) => ({ segments: number(segments), maxSegments: number(maxSegments) }),
  'token-expired': nothing,
  'token-mismatch': ({ mismatched }) => ({ mismatched: texts(mismatched) }),
  'token-used': nothing,
  'too-many-factors': nothing,
  unauthorized: nothing,
  unavailable: wait,
  'unknown-template': ({ templates }) => ({ templates: texts(templates) }),
  /** `already-used`: it was right once, and let in then. */
  'wrong-code': (problem) => ({ ...attempts(problem), ...reason(problem) }),
} satisfies Record<CodeOf<CallName>, (problem: Problem) => object>;
