import type { SmsEncoding } from '../../../domain/sms-text.js';

/** Something of a request that depends on how the text is encoded; where it says nothing for an encoding, it is left out. */
export class ByEncoding<Thing> {
  constructor(readonly things: Partial<Record<SmsEncoding, Thing>>) {}
}

/**
 * Reads `{gsm7: …, ucs2: …}`, or one of the two; undefined when it is something else.
 *
 * @throws what `read` throws.
 */
export function readByEncoding<Thing>(value: unknown, read: (value: unknown) => Thing): ByEncoding<Thing> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length === 0 || !entries.every(([name]) => name === 'gsm7' || name === 'ucs2')) return undefined;
  return new ByEncoding(Object.fromEntries(entries.map(([name, thing]) => [name, read(thing)])));
}

/** What is to be sent for an encoding; undefined when it is left out. */
export const forEncoding = <Thing>(thing: Thing | ByEncoding<Thing>, encoding: SmsEncoding): Thing | undefined =>
  thing instanceof ByEncoding ? thing.things[encoding] : thing;

/** Both, whatever the encoding. */
export const anyEncoding = <Thing>(thing: Thing | ByEncoding<Thing>): Thing[] =>
  thing instanceof ByEncoding ? Object.values(thing.things) : [thing];
