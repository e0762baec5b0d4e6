import { meaningOf, permanent, transient, type Meaning, type StatusMap } from '../outcomes/status-map.js';

/** `MessageStatus`. https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks */
const MESSAGE_STATUSES: StatusMap = {
  accepted: { status: 'underway' },
  scheduled: { status: 'underway' },
  queued: { status: 'underway' },
  sending: { status: 'underway' },
  sent: { status: 'underway' },
  partially_delivered: { status: 'underway' },
  delivered: { status: 'delivered' },
  read: { status: 'delivered' },
  undelivered: transient('other'),
  canceled: transient('provider'),
  failed: permanent('other'),
};

/**
 * `ErrorCode` of a failure. Twilio splits and changes them (its changelog of 2024-07-10): what is not here is read by its status.
 * A code means the same beside `failed` as beside `undelivered`: which of them Twilio says depends on who noticed, and it calls
 * 30003 and 30008 passing whoever did. So `failed` alone is permanent, and `failed` with one of these is not.
 * https://www.twilio.com/docs/api/errors
 */
const ERROR_CODES: StatusMap = {
  30001: transient('provider'), // queue overflow
  30002: transient('provider'), // account suspended
  30003: transient('unreachable'),
  30004: permanent('blocked'),
  30005: permanent('unknown-number'),
  30006: permanent('landline'),
  30007: permanent('blocked'), // filtered
  30008: transient('other'), // unknown error
  30009: transient('other'), // a segment is missing
  30010: transient('provider'), // dearer than the account allows
  30022: transient('provider'), // too many from this number
  30032: permanent('blocked'), // toll-free number that is not verified
  30034: permanent('blocked'), // number without a registered campaign
  30036: transient('expired'),
  30410: transient('provider'), // the carrier did not answer
  // Refusals of the interface too, where a messaging service found the sender only afterwards.
  21211: permanent('unknown-number'),
  21408: permanent('blocked'), // country not enabled
  21610: permanent('blocked'), // the recipient wrote STOP
  21612: permanent('blocked'), // no route between these two numbers
  21614: permanent('landline'),
  21635: permanent('landline'),
};

/** All that a status callback may say. */
export const TWILIO_STATUSES: StatusMap = { ...MESSAGE_STATUSES, ...ERROR_CODES };

/**
 * What a status callback means. An error code counts only beside a status that is a failure or that nobody knows: Twilio has
 * sent some with `delivered`.
 *
 * @param errorCode undefined where the callback has none.
 */
export function readTwilioStatus(status: string, errorCode: string | undefined, ofOperator?: StatusMap): Meaning {
  const said = meaningOf([status], ofOperator, TWILIO_STATUSES);
  const isFailure = said.status === 'failed' || said.status === 'unknown';
  return isFailure && errorCode !== undefined ? meaningOf([errorCode, status], ofOperator, TWILIO_STATUSES) : said;
}
