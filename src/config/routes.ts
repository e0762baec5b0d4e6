import { CHANNELS } from '../shared/channel.js';
import { isCountry } from '../shared/country.js';
import { membersOf } from './problems-of.js';
import type { ProviderConfig } from './providers.js';

/** Which providers serve a channel (`sms`) or a channel in one country (`sms/DE`), in the order in which they are tried. */
export type Routes = Record<string, string[]>;

/** Reads `routes`. What it does not mention is served by all providers of the channel, in the order of the file. */
export function readRoutes(section: unknown, providers: Record<string, ProviderConfig>, problems: string[]): Routes {
  return Object.fromEntries(
    membersOf(section, 'routes', problems).map(([name, ids]) => {
      checkName(name, problems);
      return [name, readIds(ids, { name, providers, problems })];
    }),
  );
}

function checkName(name: string, problems: string[]): void {
  const [channel, country, ...rest] = name.split('/');
  const path = `routes.${name}`;
  if (!CHANNELS.some((known) => known === channel) || rest.length > 0)
    problems.push(`${path}: a route is for ${CHANNELS.join(', ')}, or for a country, like sms/DE`);
  else if (country !== undefined && channel === 'email') problems.push(`${path}: e-mail has no countries`);
  else if (country !== undefined && !isCountry(country)) problems.push(`${path}: there is no country ${country}`);
}

function readIds(
  ids: unknown,
  route: { name: string; providers: Record<string, ProviderConfig>; problems: string[] },
): string[] {
  const path = `routes.${route.name}`;
  const [channel = ''] = route.name.split('/');
  if (!isListOfTexts(ids)) {
    route.problems.push(`${path}: must be a list of at least one provider's id`);
    return [];
  }
  if (new Set(ids).size < ids.length) route.problems.push(`${path}: names a provider twice`);
  for (const id of ids) {
    const provider = Object.hasOwn(route.providers, id) ? route.providers[id] : undefined;
    if (!provider) route.problems.push(`${path}: there is no provider ${id}`);
    else if (provider.channel !== channel) route.problems.push(`${path}: ${id} does not serve ${channel}`);
  }
  return ids;
}

const isListOfTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === 'string');
