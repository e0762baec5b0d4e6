import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { Database } from '../../platform/postgres/database.js';
import { Clock } from '../../shared/clock.js';
import type { Changer } from '../application/changer.js';
import { Enrolments, type Activation, type NewEnrolment, type TriedEnrolment } from '../application/enrolments.js';
import type { Factor } from '../domain/factor.js';
import { auditChange } from './audit-change.js';
import * as sql from './enrolment-sql.js';
import { factorOf, type FactorRow } from './factor-row.js';
import { LOCK_SUBJECTS, lockProven } from './subject-lock.js';

type TriedRow = FactorRow & Omit<TriedEnrolment, 'factor'>;
type WhyNotRow = FactorRow & { again: boolean; unproven: boolean; inTime: boolean };

@Injectable()
export class PostgresEnrolments extends Enrolments {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {
    super();
  }

  begin({ id, applicationId, subject, ...enrolment }: NewEnrolment, changer: Changer): Promise<Factor | null> {
    const { label, totp, secret, proven } = enrolment;
    const parameters = [totp.algorithm, totp.digits, totp.period];
    const values = [id, applicationId, subject, label, ...parameters, secret, proven, changer.by];
    return this.database.transaction(async (query) => {
      if (!(await lockProven(subject, changer, query))) return null;
      const [row] = await query<FactorRow>(sql.BEGIN, values);
      if (!row) throw new Error('an enrolment is written or fails');
      await auditChange(this.audit, changer, { action: 'factor.created', factors: [row] }, query);
      return factorOf(row);
    });
  }

  async countTry(applicationId: string, id: string): Promise<TriedEnrolment | null> {
    const [row] = await this.database.query<TriedRow>(sql.COUNT_TRY, [applicationId, id]);
    if (!row) return null;
    const { secret, now, attempt, activatedBy, ...columns } = row;
    const factor = factorOf(columns);
    const { totp } = factor;
    // Where tests shift the clock, the ledger is shifted with it.
    return totp && { factor: { ...factor, totp }, secret, now: now + this.clock.offsetMs, attempt, activatedBy };
  }

  activate(
    { id, subject, step }: { id: string; subject: string; step: number },
    changer: Changer,
  ): Promise<Activation> {
    const { applicationId } = changer;
    return this.database.transaction(async (query) => {
      await query(LOCK_SUBJECTS, [applicationId, [subject]]);
      const [row] = await query<FactorRow>(sql.ACTIVATE, [applicationId, id, step, changer.by]);
      if (!row) return whyNot(await query<WhyNotRow>(sql.WHY_NOT, [applicationId, id, step]));
      await auditChange(this.audit, changer, { action: 'factor.activated', factors: [row] }, query);
      return { kind: 'activated', factor: factorOf(row) };
    });
  }

  async forget(limit: number): Promise<number> {
    return (await this.database.query(sql.FORGET, [limit])).length;
  }
}

function whyNot([row]: WhyNotRow[]): Activation {
  if (!row) return { kind: 'gone' };
  const { again, unproven, inTime, ...columns } = row;
  if (again) return { kind: 'activated', factor: factorOf(columns) };
  if (!inTime) return { kind: 'gone' };
  return { kind: unproven ? 'unproven' : 'too-many' };
}
