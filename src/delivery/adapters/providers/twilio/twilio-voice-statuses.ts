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
