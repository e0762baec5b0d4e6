import { tellVerification } from '../../src/events/event-sql.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { newId } from './deliveries.js';
import { keyring, newSecret } from './webhook-bench.js';

interface EndpointTerms {
  url: string;
  applicationId?: string;
  secret?: string;
  /** What it listens to; null: to all. */
  events?: string[] | null;
  enabled?: boolean;
}

/** An endpoint of an application, which unless told otherwise listens to everything. */
export async function addEndpoint(
  database: Database,
  { url, applicationId = 'app_1', secret = newSecret(), events = null, enabled = true }: EndpointTerms,
): Promise<{ id: string; secret: string }> {
  const id = newId('hook');
  const columns = 'id, application_id, url, secret, events, enabled';
  const values = [id, applicationId, url, keyring.seal(secret, id), events, enabled];
  await database.query(`INSERT INTO webhook_endpoints (${columns}) VALUES ($1, $2, $3, $4, $5, $6)`, values);
  return { id, secret };
}

/** What starts and steps of verifications do, without the verifications: an event and its messages, in one statement. */
const TELL = `
  WITH happened AS (SELECT $1::text AS application_id, $2::text AS id, $3::int AS last_event),
  ${tellVerification('verification.started', 'happened')}
  SELECT id FROM told`;

/** Events of one verification, from the first. @returns its id */
export async function tellOf(database: Database, events: number, applicationId = 'app_1'): Promise<string> {
  const id = newId('ver');
  for (let sequence = 1; sequence <= events; sequence += 1) await database.query(TELL, [applicationId, id, sequence]);
  return id;
}

/** The hours until the next tries pass. */
export const triesComeDue = (database: Database) =>
  database.query(`UPDATE webhook_messages SET due_at = now() WHERE status = 'pending' AND lease_until IS NULL`);

/** Whoever holds messages has lost them. */
export const messageLeasesPass = (database: Database) =>
  database.query('UPDATE webhook_messages SET lease_until = now(), due_at = now() WHERE lease_until IS NOT NULL');

export interface MessageRow {
  endpoint_id: string;
  verification_id: string | null;
  sequence: number | null;
  status: string;
  tries: number;
  last_status: number | null;
  last_error: string | null;
  /** Seconds from now. */
  due: number;
}

/** Every message, by its event. */
export const messageRows = (database: Database) =>
  database.query<MessageRow>(`
    SELECT *, extract(epoch FROM due_at - now())::float8 AS due FROM webhook_messages ORDER BY event_id, endpoint_id`);

export async function forgetWebhooks(database: Database): Promise<void> {
  for (const table of ['webhook_messages', 'webhook_endpoints', 'events']) await database.query(`DELETE FROM ${table}`);
}
