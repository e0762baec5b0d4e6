import { Injectable } from '@nestjs/common';
import type { FactorChannel } from '../../shared/channel.js';
import { Clock } from '../../shared/clock.js';
import { Database } from '../../platform/postgres/database.js';
import { FactorCodes, type CheckableFactor } from '../application/ports.js';
import { parametersOf, type ParametersRow } from './factor-row.js';
import { CHECKABLE, TAKE_BACKUP_CODE, TAKE_STEP, TAKEN_FOR } from './take-code-sql.js';

type CheckableRow = { now: number; secret: string } & ({ id: string } | { id: null }) & ParametersRow;

@Injectable()
export class PostgresFactorCodes extends FactorCodes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async checkable(
    applicationId: string,
    subject: string,
    channel: FactorChannel,
  ): Promise<{ now: number; factors: CheckableFactor[] }> {
    const rows = await this.database.query<CheckableRow>(CHECKABLE, [applicationId, subject, channel]);
    const factors = rows.flatMap(({ id, secret, ...row }) =>
      id === null ? [] : [{ id, secret, totp: parametersOf(row) }],
    );
    // Where tests shift the clock, the ledger is shifted with it.
    return { now: (rows[0]?.now ?? NaN) + this.clock.offsetMs, factors };
  }

  async takeStep(factorId: string, step: number, takenFor: string): Promise<boolean> {
    return (await this.database.query(TAKE_STEP, [factorId, step, takenFor])).length > 0;
  }

  async takeBackupCode(factorId: string, digest: Buffer, takenFor: string): Promise<'taken' | 'used' | 'unknown'> {
    const code = [factorId, digest];
    const [row] = await this.database.query<{ taken: boolean; known: boolean }>(TAKE_BACKUP_CODE, [...code, takenFor]);
    if (row?.taken) return 'taken';
    if (!row?.known) return 'unknown';
    const [used] = await this.database.query<{ takenFor: string | null }>(TAKEN_FOR, code);
    if (!used) return 'unknown';
    return used.takenFor === takenFor ? 'taken' : 'used';
  }
}
