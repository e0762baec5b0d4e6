/** What may stand for a placeholder. In JSON it keeps its type, everywhere else it is text. */
export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;

/** `{name}`, or `{name:number}` and `{name:string}` where JSON is to hold another type than the variable's own. */
export interface Placeholder {
  name: string;
  as?: 'number' | 'string';
}

/** A text with placeholders, read once when the process starts. */
export type Template = readonly (string | Placeholder)[];

const TOKEN = /\{\{|\}\}|\{([A-Za-z][A-Za-z0-9_]*)(?::(number|string))?\}|[{}]/g;

/**
 * Reads `Hello {to}`; a brace that is meant as one is doubled.
 *
 * @throws RangeError that says what is wrong, without quoting the text: it may hold a password.
 */
export function parseTemplate(text: string): Template {
  const parts: (string | Placeholder)[] = [];
  let literal = '';
  let end = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [whole, name, as] = token;
    literal += text.slice(end, token.index);
    end = token.index + whole.length;
    if (name !== undefined) {
      parts.push(literal, { name, ...(as !== undefined && { as: as as 'number' | 'string' }) });
      literal = '';
    } else if (whole.length === 2) literal += whole.charAt(0);
    else throw new RangeError('a brace that belongs to no {variable} must be doubled: {{ or }}');
  }
  return [...parts, literal + text.slice(end)].filter((part) => part !== '');
}

export const placeholdersIn = (template: Template): Placeholder[] =>
  template.filter((part) => typeof part !== 'string');

/** @param escape makes a value harmless where the template stands; what the operator wrote is left as it is. */
export const fill = (template: Template, values: Values, escape: (value: string) => string): string =>
  template.map((part) => (typeof part === 'string' ? part : escape(String(values[part.name] ?? '')))).join('');

/** For JSON: a template that is one placeholder gives its value with its type. */
export function fillTyped(template: Template, values: Values): Value {
  const [only, ...others] = template;
  if (only === undefined || typeof only === 'string' || others.length > 0) return fill(template, values, (v) => v);
  const value = values[only.name] ?? '';
  if (only.as === 'number') return Number(value);
  return only.as === 'string' ? String(value) : value;
}
