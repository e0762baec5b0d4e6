import type { SmppConfig } from './smpp-options.js';

/** How ids in receipts differ from those in answers to submits. */
export type Relation = Exclude<SmppConfig['messageIds'], 'auto'>;
export const RELATIONS: readonly Relation[] = ['same', 'hex-in-receipt', 'decimal-in-receipt'];

/** Written by one SMSC in capitals, with zeros before it or without, and by the same one otherwise in its receipts. */
export const canonicalId = (id: string): string =>
  /^[0-9a-f-]+$/i.test(id) ? id.toLowerCase().replace(/^0+(?=.)/, '') : id;

/** Ids in receipts, as they stood in the answers to the submits. */
export const READ: Record<Relation, (id: string) => string> = {
  same: canonicalId,
  'hex-in-receipt': (id) => (/^[0-9a-f]{1,32}$/i.test(id) ? BigInt(`0x${id}`).toString() : canonicalId(id)),
  'decimal-in-receipt': (id) => (/^\d{1,39}$/.test(id) ? BigInt(id).toString(16) : canonicalId(id)),
};

/**
 * The relations by which an id of a receipt can be told from its own letters: `3e9` is hexadecimal, and nobody whose ids are
 * decimal answers `3e9` for 1001. Digits that are digits in both bases say nothing: `4097` and `1001` may be two messages.
 */
export function relationsByLetters(id: string): Relation[] {
  const hexadecimal = /^[0-9a-f]*[a-f][0-9a-f]*$/;
  if (hexadecimal.test(READ.same(id))) return ['same', 'hex-in-receipt'];
  return hexadecimal.test(READ['decimal-in-receipt'](id)) ? ['same', 'decimal-in-receipt'] : ['same'];
}
