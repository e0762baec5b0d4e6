import type { ShownBy } from '../calls/shown-by.js';
import { SIP_STATUS } from '../calls/sip-status.js';
import { permanent, transient, type StatusMap } from '../outcomes/status-map.js';

/**
 * What Vonage says of a call (https://developer.vonage.com/en/voice/voice-api/webhook-reference#event-webhook), and words of ours,
 * with a space, for what that comes to. Another provider would call the same busy phone, so that only faults of the route are
 * transient.
 */
export const VONAGE_CALL_STATUS: StatusMap = {
  started: { status: 'underway' },
  ringing: { status: 'underway' },
  answered: { status: 'underway' },
  // Somebody took the call and it ended: more is not known without a key.
  completed: { status: 'delivered' },
  // Said of every call at its end, of those that nobody took, too: why not is another event.
  'completed unanswered': { status: 'unknown' },
  'completed without key': permanent('no-answer'),
  'completed undetected': { status: 'unknown' },
  human: { status: 'delivered' },
  'human before key': { status: 'underway' },
  machine: permanent('no-answer'),
  busy: permanent('busy'),
  cancelled: permanent('no-answer'),
  unanswered: permanent('no-answer'),
  unavailable: permanent('unreachable'),
  timeout: permanent('no-answer'),
  rejected: permanent('blocked'),
  failed: permanent('other'),
  // Why, where an event has a `detail`: of `rejected` the first three, of `failed` the others.
  invalid_number: permanent('unknown-number'),
  restricted: permanent('blocked'),
  declined: permanent('no-answer'),
  cannot_route: transient('provider'),
  carrier_timeout: transient('provider'),
  internal_error: transient('provider'),
  number_out_of_service: permanent('unknown-number'),
  disconnected: { status: 'unknown' },
  ...SIP_STATUS,
};

/** As its JSON says it. `input` and the like have no status and are no reports. */
export type CallEvent = Record<string, unknown>;

/**
 * The codes of an event, from the most exact to the least. They come in any order, and `completed` follows every end, so that it
 * means delivered only where the call lasted, and only where nothing better would show it.
 */
export function codesOf(event: CallEvent, shownBy: ShownBy): string[] {
  const status = textOf(event['status']);
  if (status === 'completed') return [completed(event, shownBy)];
  if (status === 'human' && shownBy === 'key') return ['human before key'];
  return [textOf(event['detail']), sipCodeOf(event), status].filter((code) => code !== '');
}

function completed(event: CallEvent, shownBy: ShownBy): string {
  const lasted = Number(event['duration'] ?? 0) > 0;
  if (!lasted) return 'completed unanswered';
  if (shownBy === 'key') return 'completed without key';
  return shownBy === 'human' ? 'completed undetected' : 'completed';
}

/** Of calls that were not connected; 2xx is no reason for anything. */
function sipCodeOf({ status, sip_code: sip }: CallEvent): string {
  const code = textOf(sip);
  return status === 'failed' && /^[3-6]\d\d$/.test(code) ? code : '';
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
