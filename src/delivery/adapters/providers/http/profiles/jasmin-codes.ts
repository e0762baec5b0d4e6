import { MISCONFIGURED, OUT_OF_CREDIT, THROTTLED, UNREACHABLE, type ErrorMap } from '../../outcomes/error-map.js';
import { NETWORK_ERRORS, RECEIPT_STATES } from '../../receipts/smpp-status.js';
import { permanent, transient, type StatusMap } from '../../outcomes/status-map.js';

/** `message_status`: an SMPP error of the submit (level 1), or the state of a receipt (level 2), with its `err` as the code. */
export const JASMIN_STATUSES: StatusMap = {
  ...RECEIPT_STATES,
  ESME_ROK: { status: 'underway' },
  ESME_RTHROTTLED: transient('provider'),
  ESME_RMSGQFUL: transient('provider'),
  ESME_RSYSERR: transient('provider'),
  ESME_RX_T_APPN: transient('provider'),
  ESME_RINVDSTADR: permanent('unknown-number'),
  ESME_RINVSRCADR: permanent('blocked'),
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
  'http 412': UNREACHABLE, // no route, or none whose connector is bound
};
