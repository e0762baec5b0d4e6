import type { ZodError } from 'zod';

type Issue = ZodError['issues'][number];

/**
 * A schema's complaints as lines that an operator can act on, each with its option: `providers.main.url: must be set`. They never
 * quote the value, which may be a secret.
 */
export function problemsOf(error: Pick<ZodError, 'issues'>, path: string, input: unknown): string[] {
  const problems = error.issues.flatMap((issue): string[] => {
    const at = [path, ...issue.path.map(String)].join('.');
    const value = valueAt(input, issue.path);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${at}.${key}: there is no such option`);
    // What is said of an option that is not there says more than that.
    if (value === undefined && issue.code !== 'custom') return [`${at}: must be set${allowed(issue, ': ')}`];
    if (issue.code === 'invalid_union') return ofUnion(issue, at, value);
    return [`${at}: ${wordsOf(issue, value)}`];
  });
  return [...new Set(problems)];
}

/** The members of a section that must be a map; anything else is a problem. */
export function membersOf(section: unknown, path: string, problems: string[]): [string, unknown][] {
  if (section === undefined || section === null) return [];
  if (typeof section === 'object' && !Array.isArray(section)) return Object.entries(section);
  problems.push(`${path}: must be a map`);
  return [];
}

const NAMES: Record<string, string> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false' },
  ...{ array: 'a list', object: 'a map', record: 'a map', null: 'nothing' },
};

/** What a schema says in words of its own stays; the library's words are for those who wrote it. */
function wordsOf(issue: Issue, value: unknown): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  if (issue.code === 'invalid_type') return `must be ${NAMES[issue.expected] ?? issue.expected}, not ${kindOf(value)}`;
  return issue.code === 'invalid_value' ? `must be ${allowed(issue, '')}` : issue.message;
}

/** Of the forms that an option may have, the one that was meant: whose complaints are about a part of it. */
function ofUnion({ errors, message }: Extract<Issue, { code: 'invalid_union' }>, at: string, value: unknown): string[] {
  const meant = errors.find((issues) =>
    issues.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  if (meant) return problemsOf({ issues: meant }, at, value);
  const ways = errors.flatMap((issues) =>
    issues.map((issue) => wordsOf(issue, value).replace(/^must be (.*?)(, not .*)?$/, '$1')),
  );
  return [`${at}: ${message === 'Invalid input' && ways.length > 0 ? `must be ${ways.join(', or ')}` : message}`];
}

function allowed(issue: Issue, before: string): string {
  if (issue.code !== 'invalid_value') return '';
  const values = issue.values.map(String);
  return before + (values.length > 1 ? `one of ${values.join(', ')}` : (values[0] ?? ''));
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return NAMES[value === null ? 'null' : typeof value] ?? typeof value;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[name] : undefined,
    input,
  );
}
