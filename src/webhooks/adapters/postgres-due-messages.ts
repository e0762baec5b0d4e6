import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { EventBodies } from '../../events/event-bodies.js';
import type { RecordedEvent } from '../../events/event-body.js';
import { Log } from '../../platform/log/log.js';
import { SampledLog } from '../../platform/log/sampled-log.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { Clock } from '../../shared/clock.js';
import type { DueMessage, InHand } from '../application/due-message.js';
import { DueMessages, LEASE_MS } from '../application/ports.js';
import type { Verdict } from '../domain/judge-answer.js';
import { CLAIM } from './claim-messages.js';
import { DISABLE, RELEASE, SETTLE } from './settle-message.js';

const GONE = 'it answered 410 Gone';

/** The rest is for the next round. */
const MOST_LOOKS = 4;

type Claimed = Omit<DueMessage, 'body' | 'leaseEndsAtMs'> & RecordedEvent;
/** It is behind another. */
type SteppedBack = Omit<Claimed, 'lease'> & { lease: null };

/** The `webhook_messages` table as a queue. */
@Injectable()
export class PostgresDueMessages extends DueMessages {
  /** A receiver that answers every other time must not fill a disk. */
  private readonly lines: SampledLog;

  constructor(
    private readonly database: Database,
    private readonly bodies: EventBodies,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    log: Log,
  ) {
    super();
    this.lines = new SampledLog(log);
  }

  async claim(room: number, inHand: InHand[]): Promise<DueMessage[]> {
    const leaseEndsAtMs = this.clock.now() + LEASE_MS;
    const held = [inHand.map(({ endpointId }) => endpointId), inHand.map(({ applicationId }) => applicationId)];
    const rows = await this.look([room, LEASE_MS, ...held]);
    const bodies = await this.bodies.of(rows);
    return rows.map((row, index) => ({ ...row, body: bodies[index] ?? '', leaseEndsAtMs }));
  }

  async settle(message: DueMessage, verdict: Verdict): Promise<0 | null> {
    if (verdict.kind === 'gone') return this.disable(message, verdict);
    const recorded = await record((sql, values) => this.database.query(sql, values), message, verdict);
    if (recorded?.stopped) this.lines.write('warn', 'webhooks.endpoint-failing', () => whose(message));
    // Its place is free for the next one; of an endpoint that does not answer the next one is tried at the next look.
    return verdict.kind === 'again' && recorded?.failing ? null : 0;
  }

  async release(messages: DueMessage[], inMs: number): Promise<void> {
    const ids = [messages.map(({ endpointId }) => endpointId), messages.map(({ eventId }) => eventId)];
    await this.database.query(RELEASE, [...ids, messages.map(({ lease }) => lease), inMs]);
  }

  /** Where everything that was looked at had to step back, something else may go. */
  private async look(values: unknown[], times = MOST_LOOKS): Promise<Claimed[]> {
    const rows = await this.database.query<Claimed | SteppedBack>(CLAIM, values);
    const claimed = rows.filter((row): row is Claimed => row.lease !== null);
    return claimed.length === 0 && rows.length > 0 && times > 1 ? this.look(values, times - 1) : claimed;
  }

  /** What it is still owed stays, and goes on should somebody enable it again. */
  private async disable(message: DueMessage, verdict: Verdict): Promise<null> {
    const disabled = await this.database.transaction(async (query) => {
      if (!(await record(query, message, verdict))) return false;
      const values = [message.endpointId, GONE, message.url];
      const [endpoint] = await query<{ applicationId: string; url: string }>(DISABLE, values);
      if (!endpoint) return false;
      const details = { ...endpoint, before: { enabled: true }, after: { enabled: false, disabledBecause: GONE } };
      await this.audit.append(
        { actor: 'webhooks', action: 'webhook.disabled', target: message.endpointId, details },
        query,
      );
      return true;
    });
    if (disabled) this.lines.write('warn', 'webhooks.endpoint-disabled', () => whose(message));
    return null;
  }
}

const whose = ({ endpointId, applicationId }: DueMessage) => ({ endpointId, applicationId });

const STATUSES = { delivered: 'delivered', again: 'pending', gone: 'pending', failed: 'failed' } as const;

interface Recorded {
  /** Its endpoint answered until now. */
  stopped: boolean;
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
