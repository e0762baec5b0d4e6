import type { SmsEncoding } from '../../../domain/sms-text.js';
import { anyEncoding, forEncoding, readByEncoding, type ByEncoding } from './by-encoding.js';
import { inLatin1Form, inUrl, inXml, isLatin1 } from './escape.js';
import { fillJson, readJsonDocument, templatesInJson, type JsonBody } from './json-body.js';
import { textOf } from './option.js';
import { fill, parseTemplate, type Template, type Values } from './template.js';
import { readXmlBody } from './xml-body.js';

/** What one message puts into a request. */
export interface Filling {
  values: Values;
  encoding: SmsEncoding;
}

/** A text, or a whole document within one field, whose values are escaped for it first: `data=<request>…</request>`. */
type Content = { text: Template } | { xml: Template } | { json: JsonBody };
export type Field = Content | ByEncoding<Content>;
export type Fields = Readonly<Record<string, Field>>;
export type Charset = 'utf-8' | 'iso-8859-1';

/** @throws RangeError that says what is wrong. */
export const readTextField = (value: unknown): Field => readByEncoding(value, readText) ?? readText(value);
/** @throws RangeError that says what is wrong. */
export const readField = (value: unknown): Field => readByEncoding(value, readContent) ?? readContent(value);

const readText = (value: unknown): Content => ({ text: parseTemplate(textOf(value)) });

function readContent(value: unknown): Content {
  const [entry, ...others] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entry?.[0] === 'json' && others.length === 0) return { json: readJsonDocument(entry[1]) };
  if (entry?.[0] === 'xml' && others.length === 0) return { xml: readXmlBody(entry[1]) };
  return readText(value);
}

export const templatesInField = (field: Field): Template[] =>
  anyEncoding<Content>(field).flatMap((content) => {
    if ('json' in content) return templatesInJson(content.json);
    return ['xml' in content ? content.xml : content.text];
  });

function write(content: Content, { values, encoding }: Filling): string {
  if ('json' in content) return JSON.stringify(fillJson(content.json, values, encoding));
  return 'xml' in content ? fill(content.xml, values, inXml) : fill(content.text, values, (value) => value);
}

/** Names and values as they are meant, without those that are left out for this encoding. */
export const fillFields = (fields: Fields, filling: Filling): [string, string][] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const content = forEncoding(field, filling.encoding);
    return content ? [[name, write(content, filling)] as [string, string]] : [];
  });

/** `name=value&…`, as in a query and a form; null when the charset does not hold it. */
export function writeFields(fields: Fields, filling: Filling, charset: Charset): string | null {
  const filled = fillFields(fields, filling);
  if (charset === 'utf-8') return filled.map((field) => field.map(inUrl).join('=')).join('&');
  return isLatin1(filled.flat().join('')) ? filled.map((field) => field.map(inLatin1Form).join('=')).join('&') : null;
}
