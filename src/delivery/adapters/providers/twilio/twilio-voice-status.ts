import type { ShownBy } from '../calls/shown-by.js';
import { SIP_STATUS } from '../calls/sip-status.js';
import { permanent, type StatusMap } from '../outcomes/status-map.js';

/**
 * What Twilio says of a call (https://www.twilio.com/docs/voice/api/call-resource#call-status-values), of who answered it
 * (https://www.twilio.com/docs/voice/answering-machine-detection), and words of ours, with a space, for what that comes to.
 * Another provider would call the same busy phone, so that only faults of the route are transient.
 */
export const TWILIO_CALL_STATUS: StatusMap = {
  queued: { status: 'underway' },
  initiated: { status: 'underway' },
  ringing: { status: 'underway' },
  'in-progress': { status: 'underway' },
  answered: { status: 'underway' },
  // Somebody took the call and it ended: more is not known without a key.
  completed: { status: 'delivered' },
  human: { status: 'delivered' },
  unknown: { status: 'underway' },
  'completed without key': permanent('no-answer'),
  'completed undetected': { status: 'unknown' },
  'human before key': { status: 'underway' },
  machine_start: permanent('no-answer'),
  machine_end_beep: permanent('no-answer'),
  machine_end_silence: permanent('no-answer'),
  machine_end_other: permanent('no-answer'),
  fax: permanent('no-answer'),
  busy: permanent('busy'),
  'no-answer': permanent('no-answer'),
  canceled: permanent('other'),
  failed: permanent('other'),
  ...SIP_STATUS,
};

/**
 * The codes of a report, from the most exact to the least. They come in any order, so none of them may mean delivered unless it
 * does so alone: of a call that waits for its key only the answered question is, and with machine detection only the verdict.
 */
export function codesOf(form: URLSearchParams, shownBy: ShownBy): string[] {
  const answeredBy = form.get('AnsweredBy') ?? '';
  const status = form.get('CallStatus') ?? '';
  if (/^(machine|fax)/.test(answeredBy)) return [answeredBy];
  if (answeredBy === 'human' && shownBy !== 'completed') return [shownBy === 'human' ? 'human' : 'human before key'];
  // Detection beside the call reports by itself, without the call's status.
  if (status === '') return [answeredBy];
  if (status === 'completed' && shownBy === 'key') return ['completed without key'];
  if (status === 'completed' && shownBy === 'human') return ['completed undetected'];
  return status === 'failed' ? [form.get('SipResponseCode') ?? '', status] : [status];
}
