import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';

/**
 * Reads a YAML file as plain data. Duplicate keys, several documents and unknown tags are problems, told by line without
 * quoting it: a configuration holds passwords.
 *
 * @returns the data, or undefined when the file can not be read as YAML.
 */
export function readYaml(file: string, problems: string[]): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    problems.push(`CONFIG_FILE: ${file} can not be read`);
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const faults = [...document.errors, ...document.warnings];
  problems.push(
    ...faults.map(({ pos, code }) => `${file}: line ${String(lines.linePos(pos[0]).line)}: ${explain(code)}`),
  );
  if (faults.length > 0) return undefined;
  try {
    // None: an alias can multiply without bound, or hold itself.
    return document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch {
    problems.push(`${file}: aliases (*name) are not allowed`);
    return undefined;
  }
}

const explain = (code: string) => code.toLowerCase().replaceAll('_', ' ');

/**
 * Replaces `${NAME}` in every string by the environment's value. That happens after parsing, so that no value can add a key
 * or end a string.
 */
export function substitute(
  value: unknown,
  {
    variable,
    problems,
    path = '',
  }: { variable: (name: string) => string | undefined; problems: string[]; path?: string },
): unknown {
  const within = (name: string, member: unknown) =>
    substitute(member, { variable, problems, path: path ? `${path}.${name}` : name });
  if (Array.isArray(value)) return value.map((member, position) => within(String(position), member));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, within(name, member)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const found = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? variable(name) : undefined;
    if (found === undefined) problems.push(`${path}: the environment has no variable ${name}`);
    return found ?? '';
  });
}
