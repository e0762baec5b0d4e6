import { ApiKeys, type KeyOrder } from '../applications/api-keys.js';
import { Applications } from '../applications/applications.js';
import { RotateKey } from '../applications/rotate-key.js';
import { AuditLog } from '../audit/audit-log.js';
import { verifyChain } from '../audit/verify-chain.js';
import { LiveValues } from '../platform/live/live-values.js';
import { Log } from '../platform/log/log.js';
import type { Database } from '../platform/postgres/database.js';
import { SystemRandom } from '../platform/system-random.js';
import { notFound } from '../shared/refusals.js';
import { ledgerRestored } from './ledger-restored.js';
import type { Ledger } from './open-ledger.js';
import type { Command } from './parse-command.js';

/** Who the audit log says it was. */
const ACTOR = 'cli';

/**
 * Does what a command says.
 *
 * @returns the line for stdout: the bare id or secret where there is one.
 * @throws {DomainError} when it is refused; {Error} when the audit log is broken.
 */
export async function execute(command: Exclude<Command, { kind: 'not-understood' }>, ledger: Ledger): Promise<string> {
  if (command.kind === 'migrate') {
    const applied = await ledger.migrate();
    return applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to do: the schema is up to date.';
  }
  const { database } = ledger;
  if (await database.dataSource.showMigrations())
    throw new Error('Migrations are pending. First run: node dist/cli.js migrate');
  switch (command.kind) {
    case 'create-application':
      return (await applicationsIn(database).create(command.name, ACTOR, command.countries)).id;
    case 'create-key':
      return createKey(database, {
        applicationId: await idOf(database, command.application),
        scopes: command.scopes,
      });
    case 'create-operator-key':
      return createKey(database, { applicationId: null, scopes: ['operator'] });
    case 'rotate-key':
      return rotateKey(database, command.key, command.overlapHours);
    case 'verify-audit':
      return verifyAudit(database);
    case 'ledger-restored':
      return ledgerRestored(database, { actor: ACTOR, keepBackupCodes: command.keepBackupCodes });
  }
}

/** Running processes find by themselves, within 2 s, what a command has changed. */
const partsOver = (database: Database) =>
  [database, new SystemRandom(), new AuditLog(database), new LiveValues(database, null, Log.to('silent'))] as const;

const applicationsIn = (database: Database) => new Applications(...partsOver(database));

async function idOf(database: Database, idOrName: string): Promise<string> {
  const application = await applicationsIn(database).findByIdOrName(idOrName);
  if (!application) throw notFound('application');
  return application.id;
}

async function createKey(database: Database, order: KeyOrder): Promise<string> {
  return (await new ApiKeys(...partsOver(database)).create(order, { keyId: ACTOR })).secret;
}

async function rotateKey(database: Database, keyId: string, overlapHours: number): Promise<string> {
  const parts = partsOver(database);
  const { applicationId } = await new ApiKeys(...parts).find(keyId);
  return (await new RotateKey(...parts).execute({ applicationId, keyId, overlapHours }, { keyId: ACTOR })).secret;
}

async function verifyAudit(database: Database): Promise<string> {
  const chain = await verifyChain(database);
  if (chain.kind === 'broken')
    throw new Error(`The audit log is broken at entry ${String(chain.seq)}: ${chain.reason}.`);
  return `The audit log is intact: ${String(chain.entries)} entries, the last one's hash is ${chain.head}.`;
}
