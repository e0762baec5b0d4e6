import { randomBytes } from 'node:crypto';
import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { generateSync } from '@otplib/totp';
import { AuditLog } from '../../src/audit/audit-log.js';
import { KeyringFactorSecrets } from '../../src/factors/adapters/keyring-factor-secrets.js';
import { OtplibTotpCodes } from '../../src/factors/adapters/otplib-totp-codes.js';
import { PostgresBackupCodeLists } from '../../src/factors/adapters/postgres-backup-code-lists.js';
import { PostgresBackupCodes } from '../../src/factors/adapters/postgres-backup-codes.js';
import { PostgresTotpSteps } from '../../src/factors/adapters/postgres-totp-steps.js';
import { MakeBackupCodes } from '../../src/factors/application/make-backup-codes.js';
import { TakeBackupCode } from '../../src/factors/application/take-backup-code.js';
import { TakeTotpCode } from '../../src/factors/application/take-totp-code.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import type { Secret } from '../../src/platform/keyring/secrets.js';
import { Log } from '../../src/platform/log/log.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { SystemRandom } from '../../src/platform/system-random.js';
import type { Clock } from '../../src/shared/clock.js';
import { ShiftedClock } from './shifted-clock.js';

const WINDOW = 1;
const NODE_SECRET: Secret = { kid: 'k1', key: randomBytes(32) };

export interface Enrolled {
  id: string;
  applicationId: string;
  subject: string;
  secret: Buffer;
}

/** What one process takes codes of factors with, over a ledger that others may work on as well. */
export class FactorBench {
  readonly secrets: KeyringFactorSecrets;
  readonly steps: PostgresTotpSteps;
  readonly codes: PostgresBackupCodes;
  readonly totp: TakeTotpCode;
  readonly backup: TakeBackupCode;
  readonly make: MakeBackupCodes;
  private readonly random = new SystemRandom();

  constructor(
    readonly database: Database,
    clock: Clock = new ShiftedClock(),
    secrets: [Secret, ...Secret[]] = [NODE_SECRET],
  ) {
    this.secrets = new KeyringFactorSecrets(new Keyring(secrets), Log.to('silent'));
    this.steps = new PostgresTotpSteps(database, clock);
    this.codes = new PostgresBackupCodes(database);
    const settings = { of: () => Promise.resolve({ window: WINDOW, issuer: 'Shop' }) };
    this.totp = new TakeTotpCode(this.steps, this.secrets, new OtplibTotpCodes(), settings);
    this.backup = new TakeBackupCode(this.codes, this.secrets);
    const lists = new PostgresBackupCodeLists(database, new AuditLog(database));
    this.make = new MakeBackupCodes(lists, this.secrets, this.random);
  }

  /** An authenticator that can be used, as an import leaves it: no code of it was taken in. */
  async enrolled(of: { subject?: string; status?: 'active' | 'pending' } = {}): Promise<Enrolled> {
    const { subject = this.random.id('sub'), status = 'active' } = of;
    const factor = { id: this.random.id('fac'), applicationId: 'app_1', subject, secret: randomBytes(20) };
    await this.database.query(
      `INSERT INTO factors (id, application_id, subject, channel, status, secret, algorithm, digits, period, activated_at)
       VALUES ($1, $2, $3, 'totp', $4, $5, 'SHA1', 6, 30, CASE WHEN $4 = 'active' THEN now() END)`,
      [factor.id, factor.applicationId, subject, status, this.secrets.seal(factor, factor.secret)],
    );
    return factor;
  }

  /** Ten codes of a subject that has no factor yet. */
  async backupCodes(subject = this.random.id('sub')): Promise<{ id: string; subject: string; codes: string[] }> {
    const made = await this.make.execute({ applicationId: 'app_1', subject, keyId: 'key_1', by: 'subject' }, true);
    return { id: made?.factor.id ?? '', subject, codes: made?.codes ?? [] };
  }

  /** What the authenticator shows so many steps after the ledger's now. */
  async shown({ secret }: Enrolled, stepsLater = 0): Promise<string> {
    const epoch = Math.floor((await this.now()) / 1000) + 30 * stepsLater;
    return generateSync({ secret, epoch, crypto: new NodeCryptoPlugin() });
  }

  /** The ledger's now, in epoch milliseconds. */
  async now(): Promise<number> {
    return (await this.steps.activeOf('app_1', 'nobody')).now;
  }

  /** Type, place and backup codes left of a factor's events, in their order. */
  async events(factorId: string): Promise<[string, number, number | null][]> {
    const rows = await this.database.query<{ type: string; payload: { sequence: number; codesLeft?: number } }>(
      `SELECT type, payload FROM events WHERE payload->>'factorId' = $1 ORDER BY id`,
      [factorId],
    );
    return rows.map(({ type, payload }) => [type, payload.sequence, payload.codesLeft ?? null]);
  }
}
