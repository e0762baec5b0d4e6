import { Injectable } from '@nestjs/common';
import type { QueryResultRow } from 'pg';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../platform/postgres/database.js';
import { TotpSteps, type Authenticator } from '../application/totp-steps.js';
import type { TotpParameters } from '../domain/factor.js';
import { ACTIVE_AUTHENTICATORS, TAKE_STEP } from './take-code-sql.js';

type AuthenticatorRow = TotpParameters & { id: string; secret: string };
type ActiveRow = QueryResultRow & { now: number } & (AuthenticatorRow | { id: null });

@Injectable()
export class PostgresTotpSteps extends TotpSteps {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async activeOf(applicationId: string, subject: string): Promise<{ now: number; authenticators: Authenticator[] }> {
    const rows = await this.database.query<ActiveRow>(ACTIVE_AUTHENTICATORS, [applicationId, subject]);
    // Where tests shift the clock, the ledger is shifted with it.
    return { now: (rows[0]?.now ?? NaN) + this.clock.offsetMs, authenticators: rows.flatMap(authenticatorOf) };
  }

  async take(factorId: string, step: number, takenFor: string): Promise<boolean> {
    return (await this.database.query(TAKE_STEP, [factorId, step, takenFor])).length > 0;
  }
}

function authenticatorOf(row: ActiveRow): Authenticator[] {
  if (row.id === null) return [];
  const { id, secret, algorithm, digits, period } = row;
  return [{ id, secret, totp: { algorithm, digits, period } }];
}
