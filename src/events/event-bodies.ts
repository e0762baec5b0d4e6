import { Injectable } from '@nestjs/common';
import { eventBody, type RecordedEvent } from './event-body.js';
import { ERASED, ToldVerifications } from './told-verification.js';

/** Writes what receivers get, with what is known of a verification now: what was erased is told no more. */
@Injectable()
export class EventBodies {
  constructor(private readonly verifications: ToldVerifications) {}

  /** @returns JSON for each, small because everything that an event may hold is (R87). @throws 503 `unavailable` */
  async of(events: RecordedEvent[]): Promise<string[]> {
    const ids = new Set(events.flatMap(({ verificationId }) => verificationId ?? []));
    const told = ids.size > 0 ? await this.verifications.of([...ids]) : null;
    return events.map((event) => JSON.stringify(eventBody(event, told?.get(event.verificationId ?? '') ?? ERASED)));
  }
}
