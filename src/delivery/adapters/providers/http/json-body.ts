import type { SmsEncoding } from '../../../domain/sms-text.js';
import { ByEncoding, forEncoding, readByEncoding } from './by-encoding.js';
import { textOf } from './option.js';
import { fillTyped, parseTemplate, type Template, type Values } from './template.js';

/** A JSON document whose texts are templates: its shape is the operator's, so that no value can change it. */
export type JsonBody =
  | { kind: 'text'; template: Template }
  | { kind: 'constant'; value: number | boolean | null }
  | { kind: 'list'; members: JsonPart[] }
  | { kind: 'object'; members: [string, JsonPart][] };
type JsonPart = JsonBody | ByEncoding<JsonBody>;

/**
 * Reads a document written as YAML, or as JSON in a text.
 *
 * @throws RangeError that says what is wrong.
 */
export function readJsonDocument(value: unknown): JsonBody {
  const document = typeof value === 'string' ? parsed(value) : value;
  if (document === undefined)
    throw new RangeError('is no JSON document; a variable stands in quotes, "{to}" or "{to:number}"');
  return readJsonBody(document);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readJsonBody(value: unknown): JsonBody {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return { kind: 'constant', value };
  if (Array.isArray(value)) return { kind: 'list', members: value.map(readPart) };
  if (typeof value === 'object')
    return { kind: 'object', members: Object.entries(value).map(([name, member]) => [name, readPart(member)]) };
  return { kind: 'text', template: parseTemplate(textOf(value)) };
}

const readPart = (value: unknown): JsonPart => readByEncoding(value, readJsonBody) ?? readJsonBody(value);

/** The document for one message, as a value. */
export function fillJson(body: JsonBody, values: Values, encoding: SmsEncoding): unknown {
  const within = (part: JsonPart): unknown[] => {
    const chosen = forEncoding(part, encoding);
    return chosen ? [fillJson(chosen, values, encoding)] : [];
  };
  switch (body.kind) {
    case 'text':
      return fillTyped(body.template, values);
    case 'constant':
      return body.value;
    case 'list':
      return body.members.flatMap(within);
    case 'object':
      return Object.fromEntries(body.members.flatMap(([name, part]) => within(part).map((value) => [name, value])));
  }
}

/** Every template of it. */
export function templatesInJson(body: JsonPart): Template[] {
  if (body instanceof ByEncoding) return Object.values(body.things).flatMap(templatesInJson);
  if (body.kind === 'text') return [body.template];
  if (body.kind === 'constant') return [];
  return body.members.flatMap((member) => templatesInJson(Array.isArray(member) ? member[1] : member));
}
