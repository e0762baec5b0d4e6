import type { LoggedDecision } from '../application/decision-log.js';
import type { Decision } from '../application/ports.js';
import { recordedAddress } from '../domain/recorded-address.js';
import type { NotRecorded, Waiting } from './decision-buffer.js';

/**
 * Keys are columns: one parameter holds all rows, whatever their number, so that there is one statement to plan. `$2`: how far the
 * ledger is ahead of the clock they are dated by, in milliseconds.
 */
export const INSERT_DECISIONS = `
  INSERT INTO decisions (at, application_id, limit_on, outcome, times, act, verification_id, channel, country, recipient,
    recipient_prefix, subject, factor, ip, device, api_key, custom, fallback, locked_as, refused_by, shadowed_by)
  SELECT to_timestamp((at + $2::double precision) / 1000), application_id, limit_on, outcome, coalesce(times, 1), act, verification_id, channel, country, recipient,
    recipient_prefix, subject, factor, ip, device, api_key, custom, coalesce(fallback, false), locked_as, refused_by, shadowed_by
  FROM jsonb_to_recordset($1::jsonb) AS row (at double precision, application_id text, limit_on text, outcome text, times integer,
    act text, verification_id text, channel text, country text, recipient text, recipient_prefix text, subject text, factor text, ip text,
    device text, api_key text, custom jsonb, fallback boolean, locked_as text, refused_by text[], shadowed_by text[])`;

export function rowOf({ atMs, decision }: Pick<Waiting, 'atMs' | 'decision'>): Record<string, unknown> {
  const { applicationId, on, verificationId, refusedBy, shadowedBy, dimensions } = decision;
  const { recipient, recipientPrefix, country, subject, factor, ip, device, apiKey, custom } = dimensions;
  return {
    ...{ at: atMs, application_id: applicationId, limit_on: on, outcome: outcomeOf(decision) },
    ...{ act: decision.act, verification_id: verificationId ?? undefined, channel: decision.channel },
    ...{ recipient, recipient_prefix: recipientPrefix, country, subject, factor, device },
    ...{ api_key: apiKey, custom },
    ip: ip === undefined ? undefined : recordedAddress(ip),
    fallback: decision.fallback,
    locked_as: decision.lockedAs === recipient ? undefined : decision.lockedAs,
    refused_by: refusedBy.length > 0 ? refusedBy : undefined,
    shadowed_by: shadowedBy.length > 0 ? shadowedBy : undefined,
  };
}

/** Acts that were only counted: one row for all of a kind. */
export const countedRow = ({ decision, times }: NotRecorded, atMs: number): Record<string, unknown> => ({
  ...rowOf({ atMs, decision }),
  ...{ outcome: 'not-recorded', times },
});

const outcomeOf = ({ outcome, refusedBy }: Decision) => outcome ?? (refusedBy.length > 0 ? 'refused' : 'admitted');

export const COLUMNS = `id, at, (extract(epoch FROM at) * 1000)::double precision AS at_ms, application_id, limit_on, outcome, times, act,
  verification_id, channel, country, recipient, recipient_prefix, subject, factor, ip, device, api_key, custom, fallback, locked_as,
  refused_by, shadowed_by`;

export interface DecisionRow {
  id: string;
  at_ms: number;
  application_id: string;
  limit_on: LoggedDecision['on'];
  outcome: LoggedDecision['outcome'];
  times: number;
  act: string | null;
  verification_id: string | null;
  channel: string | null;
  country: string | null;
  recipient: string | null;
  recipient_prefix: string | null;
  subject: string | null;
  factor: string | null;
  ip: string | null;
  device: string | null;
  api_key: string | null;
  custom: Record<string, string> | null;
  fallback: boolean;
  locked_as: string | null;
  refused_by: string[] | null;
  shadowed_by: string[] | null;
}

export function loggedDecision(row: DecisionRow): LoggedDecision {
  const { id, act, channel, times, outcome, fallback } = row;
  return {
    ...{ id, atMs: row.at_ms, applicationId: row.application_id, on: row.limit_on, outcome, times, act, channel },
    ...{ verificationId: row.verification_id, fallback, lockedAs: row.locked_as },
    ...{ refusedBy: row.refused_by ?? [], shadowedBy: row.shadowed_by ?? [] },
    dimensions: {
      ...{ applicationId: row.application_id, recipient: present(row.recipient), country: present(row.country) },
      ...{ recipientPrefix: present(row.recipient_prefix), subject: present(row.subject), factor: present(row.factor) },
      ...{
        ip: present(row.ip),
        device: present(row.device),
        apiKey: present(row.api_key),
        custom: row.custom ?? undefined,
      },
    },
  };
}

const present = (text: string | null) => text ?? undefined;
