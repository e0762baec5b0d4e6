import { MISCONFIGURED, rejected, THROTTLED, UNREACHABLE, type ErrorMap } from '../outcomes/error-map.js';
import { meaningOf, permanent, transient, type Meaning, type StatusMap } from '../outcomes/status-map.js';

/** `stat:` of an SMPP delivery receipt (SMPP 3.4, appendix B; 5.0 adds some), and how else SMSCs spell it. */
export const RECEIPT_STATES: StatusMap = {
  DELIVRD: { status: 'delivered' },
  DELIVERED: { status: 'delivered' },
  EXPIRED: transient('expired'),
  DELETED: permanent('other'),
  UNDELIV: transient('other'),
  UNDELIVERED: transient('other'),
  UNDELIVERABLE: transient('other'),
  REJECTD: permanent('blocked'),
  REJECTED: permanent('blocked'),
  FAILED: permanent('other'),
  SKIPPED: permanent('other'),
  ACCEPTD: { status: 'underway' },
  ACCEPTED: { status: 'underway' },
  ACKED: { status: 'underway' },
  ENROUTE: { status: 'underway' },
  BUFFRED: { status: 'underway' },
  BUFFERED: { status: 'underway' },
  SCHEDULED: { status: 'underway' },
  UNKNOWN: { status: 'unknown' },
};

/**
 * Network error codes, as far as SMSCs agree: the user errors of MAP (3GPP TS 29.002). Published lists contradict each other
 * beyond these, so a provider's own are added in its configuration.
 */
export const NETWORK_ERRORS: StatusMap = {
  1: permanent('unknown-number'), // unknownSubscriber
  6: transient('unreachable'), // absentSubscriberSM
  9: permanent('blocked'), // illegalSubscriber
  11: permanent('landline'), // teleserviceNotProvisioned: the line takes no text messages
  13: permanent('blocked'), // callBarred
  27: transient('unreachable'), // absentSubscriber
  31: transient('busy'), // subscriberBusyForMT-SMS
};

/**
 * `command_status` of a refused submit_sm (SMPP 3.4, 5.1.3). Not listed: refused for good. What our configuration or this
 * SMSC's taste causes is no verdict on the number: another provider may take the message.
 */
export const SUBMIT_ERRORS: ErrorMap = {
  ESME_RINVCMDLEN: MISCONFIGURED,
  ESME_RINVCMDID: MISCONFIGURED,
  ESME_RINVBNDSTS: UNREACHABLE,
  ESME_RINVPRTFLG: MISCONFIGURED,
  ESME_RINVREGDLVFLG: MISCONFIGURED,
  ESME_RSYSERR: UNREACHABLE,
  ESME_RINVSRCADR: rejected('blocked'),
  ESME_RINVDSTADR: rejected('unknown-number'),
  ESME_RMSGQFUL: THROTTLED,
  ESME_RINVSERTYP: MISCONFIGURED,
  ESME_RINVESMCLASS: MISCONFIGURED,
  ESME_RINVSRCTON: rejected('blocked'),
  ESME_RINVSRCNPI: rejected('blocked'),
  ESME_RINVDSTTON: MISCONFIGURED,
  ESME_RINVDSTNPI: MISCONFIGURED,
  ESME_RINVSYSTYP: MISCONFIGURED,
  ESME_RTHROTTLED: THROTTLED,
  ESME_RINVSCHED: MISCONFIGURED,
  ESME_RINVEXPIRY: MISCONFIGURED,
  ESME_RX_T_APPN: UNREACHABLE,
  ESME_RINVTLVSTREAM: MISCONFIGURED,
  ESME_RTLVNOTALLWD: MISCONFIGURED,
  ESME_RINVTLVLEN: MISCONFIGURED,
  ESME_RMISSINGTLV: MISCONFIGURED,
  ESME_RINVTLVVAL: MISCONFIGURED,
  ESME_RSERTYPUNAUTH: MISCONFIGURED,
  ESME_RPROHIBITED: rejected('blocked'),
  ESME_RSERTYPUNAVAIL: UNREACHABLE,
  ESME_RINVDCS: MISCONFIGURED,
};

/**
 * What a receipt means: its state, made more exact by the network's error code where it failed.
 *
 * @param states words for the same state, the first that is known counts.
 * @param own the operator's meanings of words and of error codes, before ours.
 */
export function meaningOfReceipt(states: readonly string[], error: string | undefined, own?: StatusMap): Meaning {
  const state = meaningOf(states, own, RECEIPT_STATES);
  if (state.status !== 'failed' || error === undefined) return state;
  const decided = states.some((word) => own && Object.hasOwn(own, word));
  const exact = meaningOf(spellings(error), own, decided ? undefined : NETWORK_ERRORS);
  return exact.status === 'unknown' ? state : exact;
}

/** `060` is also `60`. */
const spellings = (code: string) => [code, code.replace(/^0+(?=.)/, '')];
