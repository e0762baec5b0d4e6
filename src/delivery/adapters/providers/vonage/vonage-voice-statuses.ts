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
