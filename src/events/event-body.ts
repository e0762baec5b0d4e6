import type { EventType } from './event-types.js';
import type { ToldVerification } from './told-verification.js';

/** An event as it was recorded. */
export interface RecordedEvent {
  applicationId: string;
  /** Null where it is about the application's traffic. */
  verificationId: string | null;
  /** Its place among the verification's events. */
  sequence: number | null;
  type: EventType;
  payload: Record<string, unknown>;
  createdAt: Date;
}

/** What a receiver gets, in the form that Standard Webhooks 1.0 recommends ("Payload structure"). */
export interface EventBody {
  type: EventType;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: Record<string, unknown>;
}

/**
 * The body that tells of an event; `data` is what its schema in `event-schemas.ts` says.
 *
 * @param verification null: nothing is said of it. Without meaning for an event about none.
 */
export function eventBody(event: RecordedEvent, verification: ToldVerification | null): EventBody {
  const { applicationId, verificationId, sequence, type, payload, createdAt } = event;
  const about = verificationId === null ? {} : { verificationId, sequence };
  const named = verificationId === null || verification === null ? {} : { verification };
  return { type, timestamp: createdAt.toISOString(), data: { applicationId, ...about, ...payload, ...named } };
}
