import { meaningOf, type Meaning, type StatusMap } from '../outcomes/status-map.js';
import { RECEIPT_STATES } from '../receipts/receipt-states.js';
import { caseless } from './vendor-word.js';

/** What words and codes mean here, as the operator says. Without `codes`, `statuses` is for both. */
export interface Meanings {
  statuses?: StatusMap | undefined;
  codes?: StatusMap | undefined;
}

const RECEIPT_STATES_IN_ANY_SPELLING = caseless(RECEIPT_STATES);

/**
 * What a status means, and what the code beside it adds. Both together, as `failed 30005`, go before each alone. A code makes a
 * failure more exact, or explains a status that nobody has. It never makes good news: next to good news it is only there because
 * the field is (`delivered`, error 0), and next to a new word for a failure it may be 0 just the same.
 */
export function meaningIn(status: string, code: string | undefined, { statuses, codes }: Meanings): Meaning {
  const alone = meaningOfStatus(status, statuses);
  if (code === undefined) return alone;
  const both = meaningOfWord(`${status} ${code}`, statuses);
  if (both.status !== 'unknown') return both;
  if (alone.status !== 'failed' && alone.status !== 'unknown') return alone;
  const exact = codes ? meaningOfWord(code, codes) : meaningOfWord(code, statuses, RECEIPT_STATES_IN_ANY_SPELLING);
  return exact.status === 'failed' || (alone.status === 'unknown' && exact.status === 'underway') ? exact : alone;
}

/** As it is written, then in any spelling: some vendors change between `Delivered` and `DELIVERED`. */
const meaningOfWord = (word: string, own: StatusMap | undefined, ours?: StatusMap): Meaning =>
  meaningOf([word, word.toLowerCase()], own && { ...caseless(own), ...own }, ours);

/** A word that nobody has explained may be known by its beginning: `ESME_*`. */
function meaningOfStatus(status: string, own: StatusMap = {}): Meaning {
  const known = meaningOfWord(status, own, RECEIPT_STATES_IN_ANY_SPELLING);
  if (known.status !== 'unknown' || Object.hasOwn(own, status)) return known;
  const beginning = Object.keys(own).find((word) => word.endsWith('*') && status.startsWith(word.slice(0, -1)));
  return meaningOf(beginning === undefined ? [] : [beginning], own);
}
