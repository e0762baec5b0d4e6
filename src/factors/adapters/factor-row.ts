import type { QueryResultRow } from 'pg';
import type { Factor, TotpParameters } from '../domain/factor.js';

/** What of a row may be read: everything but its secret. */
export const COLUMNS = `id, application_id AS "applicationId", subject, channel, status, label, algorithm, digits, period,
  codes_left AS "codesLeft", created_at AS "createdAt", activated_at AS "activatedAt", last_used_at AS "lastUsedAt"`;

/** The ledger's time, in epoch milliseconds. */
export const NOW = 'extract(epoch FROM now())::float8 * 1000 AS now';

/** An authenticator's parameters as they are stored; all null for backup codes. */
export interface ParametersRow {
  algorithm: TotpParameters['algorithm'] | null;
  digits: TotpParameters['digits'] | null;
  period: number | null;
}

export type FactorRow = Omit<Factor, 'totp'> & ParametersRow & QueryResultRow;

export function factorOf({ algorithm, digits, period, ...factor }: FactorRow): Factor {
  return { ...factor, totp: parametersOf({ algorithm, digits, period }) };
}

/** Null for backup codes. */
export function parametersOf({ algorithm, digits, period }: ParametersRow): TotpParameters | null {
  return algorithm && digits && period ? { algorithm, digits, period } : null;
}
