import type { SmsEncoding } from '../../../domain/sms-text.js';
import { forEncoding, type ByEncoding } from './by-encoding.js';
import { inLatin1Form, inUrl, isLatin1 } from './escape.js';
import { fill, type Template, type Values } from './template.js';

/** What one message puts into a request. */
export interface Filling {
  values: Values;
  encoding: SmsEncoding;
}

/** A text with placeholders, or one for each encoding. */
export type Field = Template | ByEncoding<Template>;
export type Fields = Readonly<Record<string, Field>>;
export type Charset = 'utf-8' | 'iso-8859-1';

/** Names and values as they are meant, without those that are left out for this encoding. */
export const fillFields = (fields: Fields, { values, encoding }: Filling): [string, string][] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const template = forEncoding(field, encoding);
    return template ? [[name, fill(template, values, (value) => value)] as [string, string]] : [];
  });

/** `name=value&…`, as in a query or a form; null when the charset does not hold it. */
export function writeFields(fields: Fields, filling: Filling, charset: Charset): string | null {
  const filled = fillFields(fields, filling);
  if (charset === 'utf-8') return filled.map((field) => field.map(inUrl).join('=')).join('&');
  return isLatin1(filled.flat().join('')) ? filled.map((field) => field.map(inLatin1Form).join('=')).join('&') : null;
}
