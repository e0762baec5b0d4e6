import type { ZodError } from 'zod';

/** A schema's complaints as lines an operator can act on: `providers.main.url: …`. They never quote the value. */
export const problemsOf = (error: ZodError, path: string): string[] =>
  error.issues.map((issue) => `${[path, ...issue.path.map(String)].join('.')}: ${issue.message}`);

/** The members of a section that must be a map; anything else is a problem. */
export function membersOf(section: unknown, path: string, problems: string[]): [string, unknown][] {
  if (section === undefined || section === null) return [];
  if (typeof section === 'object' && !Array.isArray(section)) return Object.entries(section);
  problems.push(`${path}: must be a map`);
  return [];
}
