import { parseArgs } from 'node:util';
import { nameSchema } from '../applications/applications.js';
import type { Scope } from '../applications/principal.js';

export type TenantScope = Exclude<Scope, 'operator'>;
const TENANT_SCOPES: readonly TenantScope[] = ['verify', 'read', 'admin'];

export type Command =
  | { kind: 'migrate' }
  | { kind: 'create-application'; name: string }
  /** `application` is an id or a name. */
  | { kind: 'create-key'; application: string; scopes: TenantScope[] }
  | { kind: 'create-operator-key' }
  | { kind: 'verify-audit' }
  | { kind: 'ledger-restored' };

export const USAGE = `Usage: node dist/cli.js <command>

  migrate                              bring the database to this version's schema
  application create NAME              make an application (1 to 64 characters); prints its id
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
  const { positionals, scopes, operator } = parsed;
  const [noun, verb, name, ...rest] = positionals;
  if (rest.length > 0) return null;
  const command = [noun, verb].filter(Boolean).join(' ');
  const hasOptions = scopes !== undefined || operator;
  if (command === 'key create') return keyCommand(name, scopes, operator);
  if (hasOptions) return null;
  if (command === 'application create') return applicationCommand(name);
  if (name !== undefined) return null;
  if (command === 'migrate') return { kind: 'migrate' };
  if (command === 'ledger restored') return { kind: 'ledger-restored' };
  return command === 'audit verify' ? { kind: 'verify-audit' } : null;
}

function parse(args: string[]): { positionals: string[]; scopes: string | undefined; operator: boolean } | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { scopes: { type: 'string' }, operator: { type: 'boolean', default: false } },
    });
    return { positionals, scopes: values.scopes, operator: values.operator };
  } catch {
    return null;
  }
}

function applicationCommand(text: string | undefined): Command | null {
  const name = nameSchema.safeParse(text);
  return name.success ? { kind: 'create-application', name: name.data } : null;
}

function keyCommand(application: string | undefined, list: string | undefined, operator: boolean): Command | null {
  if (operator) return application === undefined && list === undefined ? { kind: 'create-operator-key' } : null;
  const names = list?.split(',') ?? [];
  const scopes = TENANT_SCOPES.filter((scope) => names.includes(scope));
  const understood = names.length > 0 && scopes.length === names.length;
  return application !== undefined && understood ? { kind: 'create-key', application, scopes } : null;
}
