import { textOf } from './option.js';
import { parseTemplate, type Template } from './template.js';

/**
 * Reads the address of a request. Placeholders stand in its path or query, where a value is written as one segment or one
 * value; where the request goes is fixed.
 *
 * @throws RangeError that says what is wrong.
 */
export function readUrlTemplate(value: unknown): Template {
  const template = parseTemplate(textOf(value));
  const [origin = ''] = template;
  if (typeof origin !== 'string' || !/^https?:\/\/[^/?#]+(?:[/?]|$)/.test(origin) || !isWhole(template, origin))
    throw new RangeError('must be an http or https URL, whose host has no {variable}');
  const sample = template.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  if (!URL.canParse(sample)) throw new RangeError('must be an http or https URL');
  const { username, password, hash } = new URL(sample);
  if (username !== '' || password !== '')
    throw new RangeError('names and passwords belong into auth, not into the URL');
  if (hash !== '') throw new RangeError('must have no #');
  return template;
}

/** A placeholder may follow the host only after a slash or a question mark. */
const isWhole = (template: Template, origin: string) => template.length === 1 || /^https?:\/\/[^/?#]+[/?]/.test(origin);
