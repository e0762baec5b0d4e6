import { permanent, transient, type StatusMap } from '../outcomes/status-map.js';

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
