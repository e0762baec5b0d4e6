import { lookup, Resolver } from 'node:dns/promises';

/** @returns every address of a name. @throws an error with DNS's `code` when there is none, or nobody answers. */
export type Resolve = (name: string) => Promise<string[]>;

/** Of the 15 s that a try has. */
const LIMITS = { timeout: 2_000, tries: 2 };

/**
 * Asks DNS itself, not the operating system: its `getaddrinfo` would hold one of the few threads that hash codes for as long as
 * whoever owns a name lets it wait. Only a name without a dot, which no stranger can own, is looked up as the system does: with
 * /etc/hosts and the names of containers.
 */
export async function resolveName(name: string): Promise<string[]> {
  if (!name.includes('.')) return (await lookup(name, { all: true })).map(({ address }) => address);
  const dns = new Resolver(LIMITS);
  const answers = await Promise.allSettled([dns.resolve4(name), dns.resolve6(name)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length === 0) throw firstError(answers);
  return addresses;
}

function firstError(answers: PromiseSettledResult<string[]>[]): unknown {
  return answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))[0];
}
