import { meaningOf, type Meaning, type StatusMap } from '../outcomes/status-map.js';
import { NETWORK_ERRORS } from './network-errors.js';
import { RECEIPT_STATES } from './receipt-states.js';

/** The one failure that says nothing of its reason. An error code beside any other is no reason to think otherwise of it. */
const WITHOUT_REASON: readonly string[] = ['UNDELIV', 'UNDELIVERED', 'UNDELIVERABLE'];

/**
 * What a receipt means: its state, made more exact by the network's error code where it failed.
 *
 * @param states words for the same state, the first that is known counts.
 * @param own the operator's meanings of words and of error codes, before ours; its codes explain every failure.
 */
export function meaningOfReceipt(states: readonly string[], error: string | undefined, own: StatusMap = {}): Meaning {
  const state = meaningOf(states, own, RECEIPT_STATES);
  if (state.status !== 'failed' || error === undefined) return state;
  const word = states.find((known) => Object.hasOwn(own, known) || Object.hasOwn(RECEIPT_STATES, known)) ?? '';
  const vague = WITHOUT_REASON.includes(word) && !Object.hasOwn(own, word);
  const exact = meaningOf(spellings(error), own, vague ? NETWORK_ERRORS : undefined);
  return exact.status === 'unknown' ? state : exact;
}

/** `060` is also `60`. */
const spellings = (code: string) => [code, code.replace(/^0+(?=.)/, '')];
