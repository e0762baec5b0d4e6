import { readFileSync } from 'node:fs';
import { isScalar, LineCounter, parseDocument, visit, type Document, type Scalar } from 'yaml';

/**
 * Reads a YAML file as plain data. Duplicate keys, several documents and unknown tags are problems, told by line without
 * quoting it: a configuration holds passwords. Keys, and numbers that are written as codes are, stay as they are written.
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
  const document = parseDocument(text, {
    ...{ lineCounter: lines, prettyErrors: false, logLevel: 'error' },
    uniqueKeys: (one, other) => isScalar(one) && isScalar(other) && writtenKey(one) === writtenKey(other),
  });
  const told = [...document.errors, ...document.warnings].map(({ pos, code }) => ({ at: pos[0], what: explain(code) }));
  const faults = [...told, ...keepAsWritten(document)];
  problems.push(...faults.map(({ at, what }) => `${file}: line ${String(lines.linePos(at).line)}: ${what}`));
  if (faults.length > 0) return undefined;
  try {
    // None: an alias can multiply without bound, or hold itself.
    return document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch {
    problems.push(`${file}: aliases (*name) are not allowed`);
    return undefined;
  }
}

interface Fault {
  at: number;
  what: string;
}

/**
 * Takes keys, and whole numbers that would be written otherwise, for texts: YAML reads `004` as 4, and `0x0B` as 11, which are other
 * codes than the vendor sends.
 */
function keepAsWritten(document: Document.Parsed): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key)) key.value = writtenKey(key);
      else faults.push({ at: (key as Document.Parsed['contents'])?.range[0] ?? 0, what: 'a key must be a text' });
    },
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'number' && isCode(scalar)) scalar.value = scalar.source;
    },
  });
  return faults;
}

const writtenKey = ({ value, source }: Scalar): string => (typeof value === 'string' ? value : (source ?? ''));

const isCode = ({ value, source }: Scalar): boolean => source !== String(value) && !/^-?\d+\.\d+$/.test(source ?? '');

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
