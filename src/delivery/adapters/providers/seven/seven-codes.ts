import {
  BAD_REQUEST,
  MISCONFIGURED,
  OUT_OF_CREDIT,
  rejected,
  THROTTLED,
  UNREACHABLE,
  type ErrorMap,
} from '../outcomes/error-map.js';
import { permanent, transient, type StatusMap } from '../outcomes/status-map.js';

/** The words of seven’s status reports. https://docs.seven.io/en/rest-api/endpoints/status */
export const SEVEN_STATUSES: StatusMap = {
  DELIVERED: { status: 'delivered' },
  ACCEPTED: { status: 'underway' },
  BUFFERED: { status: 'underway' },
  TRANSMITTED: { status: 'underway' },
  NOTDELIVERED: transient('other'),
  EXPIRED: transient('expired'),
  REJECTED: permanent('blocked'),
  FAILED: permanent('other'),
  UNKNOWN: { status: 'unknown' },
};

/** What seven answers to a submit instead of 100, of the whole or of one message. https://docs.seven.io/en/rest-api/endpoints/sms */
export const SEVEN_ERRORS: ErrorMap = {
  101: UNREACHABLE, // some were not sent, so ours was not, and nothing says why
  201: BAD_REQUEST, // the sender
  202: rejected('unknown-number'),
  301: BAD_REQUEST, // no recipient
  305: rejected('blocked'), // the text
  401: rejected('other'), // the text is too long
  402: THROTTLED, // the same text to the same number within 180 s
  403: THROTTLED, // the most messages a day to this number
  500: OUT_OF_CREDIT,
  600: UNREACHABLE, // the carrier did not take it
  900: MISCONFIGURED, // the API key
  901: MISCONFIGURED, // a signature of the request
  902: MISCONFIGURED, // what the key may do
  903: MISCONFIGURED, // the address the request comes from
};
