import { z } from 'zod';
import { BESIDE_UNKNOWN } from '../options/beside-others.js';
import { anyEncoding, readByEncoding } from './by-encoding.js';
import { readField, readTextField, templatesInField, type Fields } from './fields.js';
import { readJsonDocument, templatesInJson } from './json-body.js';
import { readOption, textOf } from './option.js';
import { isHeaderSafe } from './escape.js';
import { parseTemplate, placeholdersIn, type Placeholder, type Template } from './template.js';
import { readUrlTemplate } from './url-template.js';
import { readXmlBody } from './xml-body.js';

const readTemplate = (value: unknown) => parseTemplate(textOf(value));
const field = readOption('A text with {variables}, or {gsm7: …, ucs2: …}', readField);

/** What undici or the connection decides. */
const NOT_TO_BE_SET = /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer)$/i;
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;

const headerValue = readOption('A text with {variables}, or {gsm7: …, ucs2: …}', (value) => {
  const read = readTextField(value);
  const written = templatesInField(read).flat();
  if (!written.every((part) => typeof part !== 'string' || isHeaderSafe(part)))
    throw new RangeError('a header holds printable ASCII characters only');
  return read;
});

const BODIES = ['form', 'json', 'xml', 'text'] as const;

/** A request to a gateway. Every template knows where it stands, and so how its values are escaped. */
export const requestOptions = {
  method: z.enum(['GET', 'POST', 'PUT']).optional().meta({ description: 'POST with a body, else GET' }),
  url: readOption('Address, with {variables} in its path or query', readUrlTemplate),
  query: z.record(z.string(), field).optional().meta({ description: 'Parameters to be added to the address' }),
  headers: z.record(z.string(), headerValue).optional().meta({ description: 'Headers' }),
  form: z.record(z.string(), field).optional().meta({
    description: 'Body: the fields of a form; one may be `{xml: …}` or `{json: …}`, a document within the field',
  }),
  json: readOption('Body: a JSON document, written as YAML or JSON', readJsonDocument).optional(),
  xml: readOption('Body: an XML document', readXmlBody).optional(),
  text: readOption(
    'Body: a plain text',
    (value) => readByEncoding(value, readTemplate) ?? readTemplate(value),
  ).optional(),
  charset: z.enum(['utf-8', 'iso-8859-1']).default('utf-8').meta({
    description:
      'How query, form and plain text are written; a text that Latin-1 does not hold goes to the next provider',
  }),
};

/** Complaints that need more than one option. */
export function checkRequest(request: RequestDescription, context: z.core.$RefinementCtx): void {
  const bodies = BODIES.filter((name) => request[name] !== undefined);
  if (bodies.length > 1)
    context.addIssue({ code: 'custom', message: `must have one body at most, not ${bodies.join(' and ')}` });
  if (bodies.length > 0 && request.method === 'GET')
    context.addIssue({ code: 'custom', path: ['method'], message: 'a GET has no body; use query' });
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const type = name.toLowerCase() === 'content-type' ? templatesInField(value).flat() : [];
    if (request.text && type.some((part) => typeof part === 'string' && /json|xml|urlencoded/.test(part)))
      context.addIssue({ code: 'custom', path: ['text'], message: 'escapes nothing; use json, xml or form for this' });
    if (!TOKEN.test(name) || NOT_TO_BE_SET.test(name))
      context.addIssue({ code: 'custom', path: ['headers', name], message: 'is no header that can be set' });
  }
}

export const requestSchema = z.strictObject(requestOptions).superRefine(checkRequest, BESIDE_UNKNOWN);

export type RequestDescription = z.output<z.ZodObject<typeof requestOptions>>;

/** Its placeholders, and which of them stand in the address. */
export function placeholdersOf(request: RequestDescription): { all: Placeholder[]; inAddress: Placeholder[] } {
  const fields = (given: Fields = {}) => Object.values(given).flatMap(templatesInField);
  const inAddress = [request.url, ...fields(request.query)];
  const others = [
    ...[...fields(request.headers), ...fields(request.form)],
    ...(request.json ? templatesInJson(request.json) : []),
    ...(request.xml ? [request.xml] : []),
    ...(request.text ? anyEncoding<Template>(request.text) : []),
  ];
  return {
    all: [...inAddress, ...others].flatMap(placeholdersIn),
    inAddress: inAddress.flatMap(placeholdersIn),
  };
}
