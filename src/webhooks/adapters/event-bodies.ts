import { Injectable } from '@nestjs/common';
import { eventBody, type RecordedEvent } from '../../events/event-body.js';
import { ERASED, ToldVerifications } from '../../events/told-verification.js';

/** Standard Webhooks 1.0 advises less than 20 KB, and receivers count on it (R87). */
export const MOST_BODY_BYTES = 20_000;

/** Writes what receivers get, with what is known of a verification now: what was erased is told no more. */
@Injectable()
export class EventBodies {
  constructor(private readonly verifications: ToldVerifications) {}

  /** @returns JSON for each. @throws 503 `unavailable` */
  async of(events: RecordedEvent[]): Promise<string[]> {
    const ids = new Set(events.flatMap(({ verificationId }) => verificationId ?? []));
    const told = ids.size > 0 ? await this.verifications.of([...ids]) : null;
    return events.map((event) => {
      const whole = JSON.stringify(eventBody(event, told?.get(event.verificationId ?? '') ?? ERASED));
      return Buffer.byteLength(whole) < MOST_BODY_BYTES ? whole : small(event);
    });
  }
}

/** Of what is too large receivers get where to read it. */
const small = (event: RecordedEvent) => JSON.stringify(eventBody({ ...event, payload: { truncated: true } }, null));
