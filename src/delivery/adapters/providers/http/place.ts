import { z } from 'zod';
import { exactlyOne, readOption, textOf } from './option.js';
import { at, parseJsonPaths, parseXmlPaths } from './path.js';
import { firstMatch, parsePattern } from './pattern.js';
import type { Received } from './received.js';

const names = (value: unknown) => textOf(value).split(' | ');

/** Where something stands in what a gateway sends: an option like `{json: $.id}`. */
export const placeSchema = z
  .strictObject({
    json: readOption('Path in a JSON body, like `$.messages[0].id`', (v) => parseJsonPaths(textOf(v))).optional(),
    xml: readOption('Path in an XML body, like `/response/message[1]/@id`', (v) => parseXmlPaths(textOf(v))).optional(),
    regex: readOption('Regular expression over the body; its first group counts', (v) =>
      parsePattern(textOf(v)),
    ).optional(),
    query: readOption('Parameter of the address', names).optional(),
    form: readOption('Field of a form, or of an answer like `id=1&status=0`', names).optional(),
    header: readOption('Header', (v) => names(v).map((name) => name.toLowerCase())).optional(),
  })
  .superRefine(exactlyOne(['json', 'xml', 'regex', 'query', 'form', 'header']));
export type Place = z.output<typeof placeSchema>;

/** One of several reports in one request, when paths start there and not at the top. */
export interface Item {
  json?: unknown;
  xml?: unknown;
}

/** What stands at a place; undefined when nothing does, or no single value. Blanks around it do not count. */
export function readAt(place: Place, received: Received, item: Item = {}): string | undefined {
  const value = textAt(place, received, item)?.trim();
  return value === '' ? undefined : value;
}

function textAt(place: Place, received: Received, item: Item): string | undefined {
  if (place.json) return scalar(at('json' in item ? item.json : received.json, place.json));
  if (place.xml) return elementText(at('xml' in item ? item.xml : received.xml, place.xml));
  if (place.regex) return firstMatch(place.regex, received.body);
  if (place.query) return firstOf(place.query, received.query);
  if (place.form) return firstOf(place.form, received.form);
  return firstOf(place.header ?? [], received.headers);
}

const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;

/** An element is its text, whether or not it has attributes; of several of one name, the first is meant. */
function elementText(value: unknown): string | undefined {
  const element: unknown = Array.isArray(value) ? value[0] : value;
  return scalar(typeof element === 'object' && element !== null ? at(element, [['#text']]) : element);
}

function firstOf(wanted: readonly string[], fields: Readonly<Record<string, string>>): string | undefined {
  const found = wanted.find((name) => Object.hasOwn(fields, name));
  return found === undefined ? undefined : fields[found];
}

/** What of `each` is a list, one by one; the whole where it says nothing. */
export function itemsAt(place: Place | undefined, received: Received): Item[] {
  if (!place) return [{}];
  const kind = place.json ? 'json' : 'xml';
  const found = at(received[kind], place[kind] ?? []);
  if (found === undefined) return [];
  return (Array.isArray(found) ? (found as unknown[]) : [found]).map((item) => ({ [kind]: item }));
}
