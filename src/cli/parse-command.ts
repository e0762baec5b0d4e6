import { parseArgs } from 'node:util';
import { nameSchema } from '../applications/applications.js';
import { countrySettingsSchema, type CountrySettings } from '../applications/country-settings.js';
import type { Scope } from '../applications/principal.js';

export type TenantScope = Exclude<Scope, 'operator'>;
const TENANT_SCOPES: readonly TenantScope[] = ['verify', 'read', 'admin'];

export type Command =
  | { kind: 'migrate' }
  /** `countries`: where its messages may go; absent, what the configuration file says. */
  | { kind: 'create-application'; name: string; countries?: CountrySettings }
  /** `application` is an id or a name. */
  | { kind: 'create-key'; application: string; scopes: TenantScope[] }
  | { kind: 'create-operator-key' }
  /** `key` is its id; the secret is nobody's business here. */
  | { kind: 'rotate-key'; key: string; overlapHours: number }
  | { kind: 'verify-audit' }
  | { kind: 'ledger-restored'; keepBackupCodes: boolean }
  /** A command, told in one sentence what is wrong with it. */
  | { kind: 'not-understood'; why: string };

export const USAGE = `Usage: node dist/cli.js <command>

  migrate                              bring the database to this version's schema
  application create NAME [--countries DE,AT | --countries all]
                                       make an application (1 to 64 characters) that may send SMS and voice calls to these
                                       countries; prints its id
  key create APP --scopes verify,read  make a key of an application, named by id or name; prints its secret, this once
                                       (scopes: ${TENANT_SCOPES.join(', ')})
  key create --operator                make an operator's key; prints its secret, this once
  key rotate KEY [--overlap-hours 24]  make a key in the place of the one with this id, which stays good that long (0 to
                                       168); prints its secret, this once
  audit verify                         recompute the audit log from its first entry to its last
  ledger restored [--keep-backup-codes]
                                       after a backup was restored, before the service starts: cancel every pending
                                       verification, pass over the codes that authenticators have shown, and void backup
                                       codes, so that no code from before can be used again

It reads the same environment as the service.`;

const OPTIONS = {
  scopes: { type: 'string' },
  operator: { type: 'boolean' },
  countries: { type: 'string' },
  'overlap-hours': { type: 'string' },
  'keep-backup-codes': { type: 'boolean' },
} as const;
type Option = keyof typeof OPTIONS;

/** What each command may be told; what it is not may not stand there. */
const UNDERSTOOD: Record<string, { name?: true; options?: Option[] }> = {
  migrate: {},
  'application create': { name: true, options: ['countries'] },
  'key create': { name: true, options: ['scopes', 'operator'] },
  'key rotate': { name: true, options: ['overlap-hours'] },
  'audit verify': {},
  'ledger restored': { options: ['keep-backup-codes'] },
};

/** @returns null when the arguments are none of the commands, exactly. */
export function parseCommand(args: string[]): Command | null {
  const parsed = parse(args);
  if (!parsed) return null;
  const { positionals, values } = parsed;
  const [noun = '', verb, ...more] = positionals;
  const command = noun === 'migrate' ? noun : [noun, verb].join(' ');
  const name = noun === 'migrate' ? verb : more[0];
  const understood = UNDERSTOOD[command];
  if (!understood || positionals.length > 3 || (name !== undefined && !understood.name)) return null;
  if (Object.keys(values).some((option) => !understood.options?.some((known) => known === option))) return null;
  switch (command) {
    case 'migrate':
      return { kind: 'migrate' };
    case 'application create':
      return applicationCommand(name, values.countries);
    case 'key create':
      return keyCommand(name, values.scopes, values.operator ?? false);
    case 'key rotate':
      return rotateCommand(name, values['overlap-hours']);
    case 'audit verify':
      return { kind: 'verify-audit' };
    default:
      return { kind: 'ledger-restored', keepBackupCodes: values['keep-backup-codes'] ?? false };
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch {
    return null;
  }
}

function applicationCommand(text: string | undefined, list: string | undefined): Command | null {
  const name = nameSchema.safeParse(text);
  if (!name.success) return null;
  if (list === undefined) return { kind: 'create-application', name: name.data };
  const countries = list.toLowerCase() === 'all' ? 'all' : list.toUpperCase().split(',');
  const allowed = countrySettingsSchema.safeParse({ sms: countries, voice: countries });
  if (allowed.success) return { kind: 'create-application', name: name.data, countries: allowed.data };
  return { kind: 'not-understood', why: '--countries is "all", or country codes like DE,AT, each of them once.' };
}

function keyCommand(application: string | undefined, list: string | undefined, operator: boolean): Command | null {
  if (operator) return application === undefined && list === undefined ? { kind: 'create-operator-key' } : null;
  const names = list?.split(',') ?? [];
  const scopes = TENANT_SCOPES.filter((scope) => names.includes(scope));
  const understood = names.length > 0 && scopes.length === names.length;
  return application !== undefined && understood ? { kind: 'create-key', application, scopes } : null;
}

function rotateCommand(key: string | undefined, hours = '24'): Command | null {
  const overlapHours = /^\d{1,3}$/.test(hours) ? Number(hours) : NaN;
  return key !== undefined && overlapHours <= 168 ? { kind: 'rotate-key', key, overlapHours } : null;
}
