import type { Cause } from '../../domain/cause.js';
import { permanent as failed, type Meaning } from './status-map.js';

/** `stat:` of an SMPP delivery receipt (SMPP 3.4, appendix B; 5.0 adds the last ones). An error code makes a cause more exact. */
export const RECEIPT_STATES: Readonly<Record<string, Meaning>> = {
  DELIVRD: { status: 'delivered' },
  EXPIRED: failed('expired'),
  DELETED: failed('other'),
  UNDELIV: failed('other'),
  REJECTD: failed('blocked'),
  ACCEPTD: { status: 'underway' },
  ACKED: { status: 'underway' },
  ENROUTE: { status: 'underway' },
  BUFFRED: { status: 'underway' },
  SCHEDULED: { status: 'underway' },
  UNKNOWN: { status: 'unknown' },
};

/**
 * Network error codes, as far as SMSCs agree: the user errors of MAP (3GPP TS 29.002). Published lists contradict each other
 * beyond these, so a provider's own are added in its configuration.
 */
export const NETWORK_ERRORS: Readonly<Record<number, Cause>> = {
  1: 'unknown-number', // unknownSubscriber
  6: 'unreachable', // absentSubscriberSM
  9: 'blocked', // illegalSubscriber
  11: 'landline', // teleserviceNotProvisioned: the line takes no text messages
  13: 'blocked', // callBarred
  27: 'unreachable', // absentSubscriber
  31: 'busy', // subscriberBusyForMT-SMS
};

/** `command_status` of a refused submit_sm (SMPP 3.4, 5.1.3). Not listed: `other`, for good. */
export const SUBMIT_ERRORS: Readonly<Record<number, Cause>> = {
  0x08: 'provider', // ESME_RSYSERR
  0x0a: 'blocked', // ESME_RINVSRCADR
  0x0b: 'unknown-number', // ESME_RINVDSTADR
  0x14: 'provider', // ESME_RMSGQFUL
  0x58: 'provider', // ESME_RTHROTTLED
  0x64: 'provider', // ESME_RX_T_APPN
};
