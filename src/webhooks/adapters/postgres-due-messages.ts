import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { EventBodies } from '../../events/event-bodies.js';
import type { RecordedEvent } from '../../events/event-body.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { Clock } from '../../shared/clock.js';
import type { DueMessage, InHand } from '../application/due-message.js';
import { DueMessages, LEASE_MS } from '../application/ports.js';
import type { Verdict } from '../domain/judge-answer.js';
import { CLAIM } from './claim-messages.js';
import { DISABLE, HURRY, RELEASE, SETTLE } from './settle-message.js';

const HURRIED_AT_ONCE = 1_000;
const GONE = 'it answered 410 Gone';

type Claimed = Omit<DueMessage, 'body' | 'leaseEndsAtMs'> & RecordedEvent;

/** The `webhook_messages` table as a queue. */
@Injectable()
export class PostgresDueMessages extends DueMessages {
  constructor(
    private readonly database: Database,
    private readonly bodies: EventBodies,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {
    super();
  }

  async claim(room: number, inHand: InHand[]): Promise<DueMessage[]> {
    const leaseEndsAtMs = this.clock.now() + LEASE_MS;
    const held = [inHand.map(({ endpointId }) => endpointId), inHand.map(({ applicationId }) => applicationId)];
    const rows = await this.database.query<Claimed>(CLAIM, [room, LEASE_MS, ...held]);
    const bodies = await this.bodies.of(rows);
    return rows.map((row, index) => ({ ...row, body: bodies[index] ?? '', leaseEndsAtMs }));
  }

  async settle(message: DueMessage, verdict: Verdict): Promise<0 | null> {
    if (verdict.kind === 'gone') return this.disable(message, verdict);
    const recorded = await record((sql, values) => this.database.query(sql, values), message, verdict);
    if (recorded?.recovered) await this.hurry(message.endpointId);
    // Its place is free for the next one; of an endpoint that does not answer the next one is tried at the next look.
    return verdict.kind === 'again' && recorded?.failing ? null : 0;
  }

  async release(messages: DueMessage[], inMs: number): Promise<void> {
    const ids = [messages.map(({ endpointId }) => endpointId), messages.map(({ eventId }) => eventId)];
    await this.database.query(RELEASE, [...ids, messages.map(({ lease }) => lease), inMs]);
  }

  /** What it is still owed stays, and goes on should somebody enable it again. */
  private disable(message: DueMessage, verdict: Verdict): Promise<null> {
    return this.database.transaction(async (query) => {
      await record(query, message, verdict);
      const [endpoint] = await query<{ applicationId: string; url: string }>(DISABLE, [message.endpointId, GONE]);
      if (!endpoint) return null;
      const details = { ...endpoint, before: { enabled: true }, after: { enabled: false, disabledBecause: GONE } };
      await this.audit.append(
        { actor: 'webhooks', action: 'webhook.disabled', target: message.endpointId, details },
        query,
      );
      return null;
    });
  }

  private async hurry(endpointId: string): Promise<void> {
    for (let hurried = HURRIED_AT_ONCE; hurried === HURRIED_AT_ONCE;)
      hurried = (await this.database.query(HURRY, [endpointId, HURRIED_AT_ONCE])).length;
  }
}

const STATUSES = { delivered: 'delivered', again: 'pending', gone: 'pending', failed: 'failed' } as const;

interface Recorded {
  /** Its endpoint answers again. */
  recovered: boolean;
  /** Its endpoint has not answered for a while. */
  failing: boolean;
}

/** @returns null when the lease was lost, or the endpoint is gone. */
async function record(
  query: Query,
  { endpointId, eventId, lease }: DueMessage,
  verdict: Verdict,
): Promise<Recorded | null> {
  const { kind, status } = verdict;
  const values = [endpointId, eventId, lease, STATUSES[kind], status];
  const rest = ['why' in verdict ? verdict.why : null, 'inMs' in verdict ? verdict.inMs : null];
  return (await query<Recorded>(SETTLE, [...values, ...rest]))[0] ?? null;
}
