import {
  BAD_REQUEST,
  MISCONFIGURED,
  OUT_OF_CREDIT,
  rejected,
  UNREACHABLE,
  type ErrorMap,
} from '../../outcomes/error-map.js';
import { NETWORK_ERRORS } from '../../receipts/network-errors.js';
import { permanent, transient, type StatusMap } from '../../outcomes/status-map.js';

/** `status`, made more exact by `statusErrorCode`, which begins with the user errors of MAP. */
export const MESSAGEBIRD_STATUSES: StatusMap = {
  scheduled: { status: 'underway' },
  sent: { status: 'underway' },
  buffered: { status: 'underway' },
  delivered: { status: 'delivered' },
  expired: transient('expired'),
  delivery_failed: transient('other'),
  'delivery_failed 5': permanent('unknown-number'), // unidentified subscriber
  ...Object.fromEntries(Object.entries(NETWORK_ERRORS).map(([code, meaning]) => [`delivery_failed ${code}`, meaning])),
};

/** `errors[].code` of an answer. https://developers.messagebird.com/api/#api-errors */
export const MESSAGEBIRD_ERRORS: ErrorMap = {
  2: MISCONFIGURED, // the access key
  9: BAD_REQUEST, // a parameter is missing
  10: rejected('other'), // a parameter is wrong: of those we send, only the number can be
  20: MISCONFIGURED, // not found
  21: BAD_REQUEST, // bad request
  25: OUT_OF_CREDIT,
  98: MISCONFIGURED, // no such interface
  99: UNREACHABLE, // internal error
};
