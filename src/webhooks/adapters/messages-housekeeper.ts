import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../platform/postgres/database.js';
import { Rounds } from '../../platform/rounds.js';
import { OWED } from './claim-messages.js';

const FORGET_EVERY_MS = 10 * 60_000;
const DAYS = 30;
const BATCH = 1_000;

/** Replays go back as far as there are events; what is not yet told after so long is told no more. */
const FORGET_MESSAGES = `
  WITH aged AS (
    SELECT endpoint_id, event_id FROM webhook_messages WHERE created_at < now() - ${String(DAYS)} * interval '1 day'
    ORDER BY created_at LIMIT ${String(BATCH)} FOR UPDATE SKIP LOCKED)
  DELETE FROM webhook_messages m USING aged WHERE m.endpoint_id = aged.endpoint_id AND m.event_id = aged.event_id
  RETURNING m.event_id`;

/** An event that is recorded while its endpoint is removed does not see that; nobody will ever tell it. */
const FORGET_OWNERLESS = `
  WITH RECURSIVE ${OWED},
  ownerless AS (
    SELECT endpoint_id, event_id FROM webhook_messages
    WHERE status = 'pending' AND endpoint_id = ANY (ARRAY(
      SELECT id FROM owed WHERE id IS NOT NULL AND NOT EXISTS (SELECT FROM webhook_endpoints e WHERE e.id = owed.id)))
    ORDER BY event_id LIMIT ${String(BATCH)} FOR UPDATE SKIP LOCKED)
  DELETE FROM webhook_messages m USING ownerless o WHERE m.endpoint_id = o.endpoint_id AND m.event_id = o.event_id
  RETURNING m.event_id`;

/** Those about a verification go with it (verification/adapters/postgres-archive.ts). */
const FORGET_EVENTS = `
  WITH aged AS (
    SELECT id FROM events WHERE verification_id IS NULL AND created_at < now() - ${String(DAYS)} * interval '1 day'
    ORDER BY id LIMIT ${String(BATCH)} FOR UPDATE SKIP LOCKED)
  DELETE FROM events e USING aged WHERE e.id = aged.id RETURNING e.id`;

/** Forgets what is over: messages and events about traffic after 30 days, like verifications and theirs; of removed endpoints at once. */
@Injectable()
export class MessagesHousekeeper implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    const work = () => this.forget();
    this.rounds.begin({ name: 'forget', of: 'webhook messages', everyMs: FORGET_EVERY_MS, work });
  }

  /** One batch of each; gives how many rows went. Messages first: none must be without its event. */
  async forget(): Promise<number> {
    const messages = await this.database.query(FORGET_MESSAGES);
    const ownerless = await this.database.query(FORGET_OWNERLESS);
    const events = await this.database.query(FORGET_EVENTS);
    return messages.length + ownerless.length + events.length;
  }
}
