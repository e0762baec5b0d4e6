/**
 * What is being limited: `send`, a message to somebody; `unsent-start`, a verification that begins with no message, because the
 * person has a factor; `check`, a guess at a code; `failed-check`, a guess that was wrong (taken before the guess is compared,
 * given back when it was right). In the order in which they are shown.
 */
export const LIMITED_ACTS = ['send', 'unsent-start', 'check', 'failed-check'] as const;
export type LimitOn = (typeof LIMITED_ACTS)[number];

/** Whom something is counted for. A dimension that is absent is not counted: its rules are skipped. */
export interface Dimensions {
  applicationId: string;
  /** Keyed index of the canonical recipient; opaque here. */
  recipient?: string | undefined;
  /** Keyed name of the block of numbers the recipient's belongs to; opaque here. */
  recipientPrefix?: string | undefined;
  /** ISO 3166-1 alpha-2 of the recipient's number. */
  country?: string | undefined;
  /** Keyed name of the application's user; opaque here. */
  subject?: string | undefined;
  /** Keyed name of the factors of one kind that the application's user has; opaque here. */
  factor?: string | undefined;
  /** The end user's address, as the application told it. */
  ip?: string | undefined;
  /** Id of the API key. */
  apiKey?: string | undefined;
  /** Keyed name of the end user's device; opaque here. */
  device?: string | undefined;
  /** The application's own dimensions: keyed names by the application's names for them. */
  custom?: Record<string, string> | undefined;
}

/** What a rule can count by: members of `Dimensions`, and names made from them. */
export type Dimension =
  | 'recipient'
  | 'recipientPrefix'
  | 'country'
  /** One IPv4 address, or one IPv6 /64. */
  | 'ip'
  /** The network around it: IPv4 by /24, IPv6 by /48. */
  | 'ipPrefix'
  | 'apiKey'
  | 'application'
  | 'subject'
  /** The authenticators of one user of the application, or its backup codes. */
  | 'factor'
  | 'device'
  | `custom:${string}`;

/** At most `max` within any `windowSeconds`, for each combination of what the dimensions are. */
export interface Rule {
  /** Unique among the rules that hold for an application; told to the API key's holder when the rule refuses. */
  name: string;
  on: LimitOn;
  /** One to three. An act that lacks one of them is not counted: the rule is skipped for it. */
  by: readonly Dimension[];
  /** `application`: each application has counters of its own. `global`: one counter across all of them. */
  scope: 'application' | 'global';
  /** At least 1. */
  max: number;
  windowSeconds: number;
  /** `shadow`: refuses nothing; the decision names it where it would have refused. */
  mode: 'enforce' | 'shadow';
  /** Its name is an application's own choice, and none of the installation's. */
  own?: true;
  /** Counts in a row: a right answer starts it anew. */
  clearedBySuccess?: true;
}

/** A bound on what the acts of one application weigh together, such as money. */
export interface Cap {
  /** Unique among the caps and rules of an act. */
  name: string;
  windowSeconds: number;
  /** In the unit of the weight; at most 10^15. */
  max: number;
  /** Of this act: a whole number from 0 to 10^9. */
  weight: number;
  mode: Rule['mode'];
}
