import {
  BAD_REQUEST,
  MISCONFIGURED,
  OUT_OF_CREDIT,
  THROTTLED,
  UNREACHABLE,
  type ErrorMap,
} from '../../outcomes/error-map.js';
import { NETWORK_ERRORS } from '../../receipts/network-errors.js';
import { RECEIPT_STATES } from '../../receipts/receipt-states.js';
import { SUBMIT_ERRORS } from '../../receipts/submit-errors.js';
import { permanent, transient, type Meaning, type StatusMap } from '../../outcomes/status-map.js';

/** What the SMSC's refusal of a submit means, told as a status: final where it is about the number, else another provider's turn. */
const REFUSALS: StatusMap = Object.fromEntries(
  Object.entries(SUBMIT_ERRORS).map(([name, { failure, cause }]): [string, Meaning] => [
    name,
    failure === 'rejected' ? permanent(cause) : transient('provider'),
  ]),
);

/** `message_status`: an SMPP error of the submit (level 1), or the state of a receipt (level 2), with its `err` as the code. */
export const JASMIN_STATUSES: StatusMap = {
  ...RECEIPT_STATES,
  ...REFUSALS,
  ESME_ROK: { status: 'underway' },
  'ESME_*': permanent('other'),
  ...Object.fromEntries(
    Object.entries(NETWORK_ERRORS).map(([code, meaning]) => [`UNDELIV ${code.padStart(3, '0')}`, meaning]),
  ),
};

/** The beginnings of `Error "…"`, as jasmin/protocols/http has them. */
export const JASMIN_ERRORS: ErrorMap = {
  'User throughput exceeded': THROTTLED,
  'Cannot charge submit_sm': OUT_OF_CREDIT,
  'Authentication failure': MISCONFIGURED,
  'Cannot send submit_sm': UNREACHABLE,
  'http 400': BAD_REQUEST, // a parameter, such as the sender
  'http 412': UNREACHABLE, // no route, or none whose connector is bound
};
