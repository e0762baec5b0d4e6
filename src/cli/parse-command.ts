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
  | { kind: 'verify-audit' }
  | { kind: 'ledger-restored' };

export const USAGE = `Usage: node dist/cli.js <command>

  migrate                              bring the database to this version's schema
  application create NAME [--countries DE,AT | --countries all]
                                       make an application (1 to 64 characters) that may send SMS and voice calls to these
                                       countries; prints its id
  key create APP --scopes verify,read  make a key of an application, named by id or name; prints its secret, this once
                                       (scopes: ${TENANT_SCOPES.join(', ')})
  key create --operator                make an operator's key; prints its secret, this once
  audit verify                         recompute the audit log from its first entry to its last
  ledger restored                      after a backup was restored, before the service starts: cancel every pending
                                       verification, so that no code from before can be used again

It reads the same environment as the service.`;

/** @returns null when the arguments are none of the commands, exactly. */
export function parseCommand(args: string[]): Command | null {
  const parsed = parse(args);
  if (!parsed) return null;
  const { positionals, scopes, operator, countries } = parsed;
  const [noun, verb, name, ...rest] = positionals;
  if (rest.length > 0) return null;
  const command = [noun, verb].filter(Boolean).join(' ');
  const hasKeyOptions = scopes !== undefined || operator;
  if (command === 'application create') return hasKeyOptions ? null : applicationCommand(name, countries);
  if (countries !== undefined) return null;
  if (command === 'key create') return keyCommand(name, scopes, operator);
  if (hasKeyOptions) return null;
  if (name !== undefined) return null;
  if (command === 'migrate') return { kind: 'migrate' };
  if (command === 'ledger restored') return { kind: 'ledger-restored' };
  return command === 'audit verify' ? { kind: 'verify-audit' } : null;
}

interface Words {
  positionals: string[];
  scopes: string | undefined;
  operator: boolean;
  countries: string | undefined;
}

function parse(args: string[]): Words | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        scopes: { type: 'string' },
        operator: { type: 'boolean', default: false },
        countries: { type: 'string' },
      },
    });
    return { positionals, scopes: values.scopes, operator: values.operator, countries: values.countries };
  } catch {
    return null;
  }
}

function applicationCommand(text: string | undefined, list: string | undefined): Command | null {
  const name = nameSchema.safeParse(text);
  if (!name.success) return null;
  if (list === undefined) return { kind: 'create-application', name: name.data };
  const countries = list === 'all' ? list : list.split(',');
  const allowed = countrySettingsSchema.safeParse({ sms: countries, voice: countries });
  return allowed.success ? { kind: 'create-application', name: name.data, countries: allowed.data } : null;
}

function keyCommand(application: string | undefined, list: string | undefined, operator: boolean): Command | null {
  if (operator) return application === undefined && list === undefined ? { kind: 'create-operator-key' } : null;
  const names = list?.split(',') ?? [];
  const scopes = TENANT_SCOPES.filter((scope) => names.includes(scope));
  const understood = names.length > 0 && scopes.length === names.length;
  return application !== undefined && understood ? { kind: 'create-key', application, scopes } : null;
}
