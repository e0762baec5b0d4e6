import type { ProviderKind } from '../delivery/application/provider-type.js';
import { CHANNELS, type Channel } from '../shared/channel.js';
import { membersOf, problemsOf } from './problems-of.js';

/** One entry of `providers`, as the schema of its type gave it back. */
export interface ProviderConfig {
  type: string;
  channel: Channel;
  [option: string]: unknown;
}

/** What stands in for real providers outside production, so that a first message needs no account anywhere. */
const SANDBOX = Object.fromEntries(CHANNELS.map((channel) => [`sandbox-${channel}`, { type: 'sandbox', channel }]));

/**
 * Reads `providers`. An entry with problems still counts as declared under its channel, so that the routes that name it are
 * not reported as well.
 */
export function readProviders(
  section: unknown,
  { types, production, problems }: { types: readonly ProviderKind[]; production: boolean; problems: string[] },
): Record<string, ProviderConfig> {
  const usable = types.filter(({ type }) => !production || type !== 'sandbox');
  const entries = membersOf(section ?? (production ? {} : SANDBOX), 'providers', problems);
  if (entries.length === 0) problems.push('providers: there is none, so nothing could be sent');
  return Object.fromEntries(
    entries.flatMap(([id, entry]) => {
      const path = `providers.${id}`;
      if (!/^[a-z0-9-]{1,32}$/.test(id)) problems.push(`${path}: an id is 1 to 32 of a-z, 0-9 and dashes`);
      const provider = readProvider(entry, path, usable, problems);
      return provider ? [[id, provider]] : [];
    }),
  );
}

function readProvider(
  entry: unknown,
  path: string,
  types: readonly ProviderKind[],
  problems: string[],
): ProviderConfig | null {
  const named = typeOf(entry);
  const type = types.find((candidate) => candidate.type === named);
  if (!type) {
    const known = types.map((candidate) => candidate.type).join(', ');
    problems.push(
      named === 'sandbox'
        ? `${path}.type: sandbox sends nothing, so production refuses it`
        : `${path}.type: must be one of ${known}`,
    );
    return declared(entry);
  }
  const parsed = type.schema.safeParse(entry);
  if (parsed.success) return parsed.data as ProviderConfig;
  // A variable that is missing has been told already: what its place must look like is no second problem.
  const told = new Set(problems.map(optionOf));
  problems.push(...problemsOf(parsed.error, path, entry).filter((problem) => !told.has(optionOf(problem))));
  return declared(entry);
}

const optionOf = (problem: string) => problem.slice(0, problem.indexOf(': '));

const typeOf = (entry: unknown) =>
  typeof entry === 'object' && entry !== null && 'type' in entry ? entry.type : undefined;

function declared(entry: unknown): ProviderConfig | null {
  const named = typeof entry === 'object' && entry !== null && 'channel' in entry ? entry.channel : undefined;
  const channel = CHANNELS.find((candidate) => candidate === named);
  return channel ? { type: 'unknown', channel } : null;
}
