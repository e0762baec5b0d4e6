import type { Delivery } from '../domain/delivery.js';

/** The report that says a key was pressed and what the call is about was told: the call has been answered since. */
export const HEARD = 'key pressed';

/** A call that was handed over, as its vendor asks about it. */
export interface PlacedCall {
  delivery: Pick<Delivery, 'id' | 'messageId' | 'channel'>;
  /** Seconds since it was first told what to say after its key; null before. */
  answeredSecondsAgo: number | null;
}

/** Calls that are under way. Throws 503 `unavailable` when Postgres can not be reached. */
export abstract class CallLedger {
  /** The call of a send attempt of this provider; null when nothing of that name was handed over. */
  abstract find(providerId: string, attemptId: string): Promise<PlacedCall | null>;
}
