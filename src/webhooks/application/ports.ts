import type { Answer, Verdict } from '../domain/judge-answer.js';
import type { DueMessage, InHand } from './due-message.js';

/** Messages as a queue: each statement is one decision. */
export abstract class DueMessages {
  /**
   * Takes up to `room` due messages for {@link LEASE_MS}, fairly among endpoints, none of them before an earlier one of the same
   * verification that the same endpoint is still owed.
   *
   * @param inHand of whom this process holds messages, one for each.
   */
  abstract claim(room: number, inHand: InHand[]): Promise<DueMessage[]>;
  /**
   * Records a try, unless the lease was lost; with it, atomically, what follows for the message behind it and for the endpoint.
   *
   * @returns 0 when something may be due because of it; null when nothing is.
   * @throws 503 `unavailable`; then it is tried again after its lease.
   */
  abstract settle(message: DueMessage, verdict: Verdict): Promise<0 | null>;
  /** Gives back what was not tried. */
  abstract release(messages: DueMessage[], inMs: number): Promise<void>;
}

/** How long a claim holds: a try, and room to record it. */
export const LEASE_MS = 30_000;
/** All the time that a receiver has (Standard Webhooks 1.0: 15 to 30 s). */
export const TRY_MS = 15_000;

/** What a try sends. */
export interface SignedMessage {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Whoever is to be told. */
export abstract class Receivers {
  /** One POST within {@link TRY_MS}, to none but an address that is allowed. Never throws: what goes wrong is an answer, too. */
  abstract post(message: SignedMessage): Promise<Answer>;
}

/** What a signature covers beside the body (Standard Webhooks 1.0). */
export interface Stamp {
  /** `webhook-id` */
  id: string;
  /** `webhook-timestamp`, epoch seconds. */
  timestamp: number;
}

/** Proves to receivers who speaks. */
export abstract class Signatures {
  /**
   * @returns `webhook-signature`: one signature for each secret.
   * @throws when a secret can not be opened on this node.
   */
  abstract sign(message: Pick<DueMessage, 'endpointId' | 'secrets' | 'signature' | 'body'>, stamp: Stamp): string;
}
