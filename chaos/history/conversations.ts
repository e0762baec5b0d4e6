import type { Channel, FactorChannel } from '../../src/shared/channel.js';
import type { To } from '../../test/support/api-client.js';

/** One HTTP call of a client to one node, as the client saw it. A retry is a call of its own. */
export interface Call {
  /** 1, 2, 3 … in the order in which they were sent. */
  number: number;
  /** `enrol` begins the enrolment of an authenticator, `activate` ends it with a code of it. */
  kind: 'start' | 'check' | 'resend' | 'cancel' | 'read' | 'enrol' | 'activate';
  /** Number of the person whose login this is. */
  person: number;
  /** What that person does, by its name in `chaos/traffic`. */
  habit: string;
  /** Which node was asked: `a`, `b`, … */
  node: string;
  applicationId: string;
  /** Null for a start until it is answered. */
  verificationId: string | null;
  to: To;
  /** The end user's address, where the application tells it. */
  ip: string | null;
  /** Only a check and an activation have one. */
  typed: Typed | null;
  idempotencyKey: string | null;
  /** Number of the call whose missing or undecided answer made the client ask the same again. */
  retryOf: number | null;
  sentAtMs: number;
  /** When the answer was complete, or when the client knew that none would come. */
  endedAtMs: number;
  answer: Answered | Unanswered;
}

/** What was typed. */
export interface Typed {
  code: string;
  /** `right`: a code the carrier was given for this verification, or one of a factor. `wrong`: certain to be none of them so far. */
  kind: 'right' | 'wrong';
  /** Where it is a code of a factor, and not of a message. */
  factor?: TypedFactor;
}

/** The factor whose code was typed. */
export interface TypedFactor {
  channel: FactorChannel;
  /** `fac_…` of an authenticator; of a list of backup codes, the person's whose it is. */
  of: string;
  /** The time step (RFC 6238) whose code it is, and when a window of one step lets it be right; null for a backup code. */
  step: { number: number; rightFromMs: number; rightUntilMs: number } | null;
}

export interface Answered {
  kind: 'answered';
  status: number;
  body: AnswerBody;
  retryAfterSeconds: number | null;
}

/** `refused`: nobody listened, so nothing was done. Otherwise nobody knows what was done. */
export interface Unanswered {
  kind: 'none';
  why: 'refused' | 'died' | 'timeout';
}

/** The members of any answer that are looked at; the rest of the body is kept too. */
export interface AnswerBody extends Record<string, unknown> {
  id?: string;
  /** Of a verification; of a problem it is the HTTP status. */
  status?: string | number;
  /** A problem's code. */
  code?: string;
  reason?: string;
  token?: string;
  /** Of an authenticator, in base32; shown once. */
  secret?: string;
  backupCodes?: string[] | null;
  attemptsLeft?: number;
  violatedPolicies?: string[];
  deliveries?: { id: string; channel: Channel; status: string }[];
}

/** A message that the carrier read completely. */
export interface TakenMessage {
  number: number;
  atMs: number;
  channel: Channel;
  /** The gateway or mail server that was given it: `primary`, `secondary` or `mail`, also its provider's id. */
  providerId: string;
  to: string;
  text: string;
  code: string;
  /** From its callback URL, or from a mail's Message-ID. */
  attemptId: string;
  /** What its sender heard. Whatever it says, the carrier has the message. */
  answer: 'accepted' | 'hung' | 'hung-up' | 'rejected' | 'throttled' | 'server-error';
  /** Whether it was shown to the person. A message that was refused never is; one that hung may be. */
  shown: boolean;
}

/** An event that a node told an application's receiver. */
export interface ToldEvent {
  number: number;
  atMs: number;
  /** Whose receiver it was. */
  applicationId: string;
  /** `webhook-id` */
  id: string;
  type: string;
  /** Null where it is about the application's traffic. */
  verificationId: string | null;
  sequence: number | null;
  /** Made with the secret of its application's endpoint (`forged`: not), at a time that a receiver believes (`stale`: not). */
  signature: 'good' | 'stale' | 'forged';
  /** What the node heard. Whatever it was, the receiver has read the event. */
  answer: 'taken' | 'refused' | 'redirected' | 'hung-up';
}

/** A delivery report that the carrier, or somebody who pretends to be it, sent to a node. */
export interface SentReport {
  number: number;
  atMs: number;
  /** Number of the message it speaks of. */
  message: number;
  attemptId: string;
  status: 'delivered' | 'failed';
  /** How it departs from one honest report in time. */
  manner: 'honest' | 'duplicate' | 'late' | 'contradictory' | 'forged' | 'about-a-refused-message';
  node: string;
  /** HTTP status of the node's answer; null when there was none. */
  answered: number | null;
}
