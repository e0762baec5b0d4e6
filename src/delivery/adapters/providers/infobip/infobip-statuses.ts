import { permanent, transient, type Meaning, type StatusMap } from '../outcomes/status-map.js';
import { INFOBIP_NETWORK_ERRORS } from './infobip-network-errors.js';

const underway: Meaning = { status: 'underway' };
const unknown: Meaning = { status: 'unknown' };

/** Infobip itself could not, or would not: another provider may. */
const infobips = transient('provider');

/**
 * Names of statuses, then of errors, then of groups. A status that says no more than its group is not among them: there, the error
 * says why. https://www.infobip.com/docs/essentials/api-essentials/response-status-and-error-codes
 */
export const INFOBIP_STATUSES: StatusMap = {
  DELIVERED_TO_HANDSET: { status: 'delivered' },
  // In the group of what is delivered, but the phone has not got it.
  DELIVERED_TO_OPERATOR: underway,
  // Nobody knows: the operator's report was none.
  EXPIRED_DLR_UNKNOWN: unknown,
  // We never use an id twice, so the message is there already.
  REJECTED_DUPLICATE_MESSAGE_ID: unknown,
  REJECTED_DESTINATION: permanent('unknown-number'),
  REJECTED_DESTINATION_BLOCKLISTED: permanent('blocked'),
  REJECTED_DESTINATION_NOT_REGISTERED: infobips,
  REJECTED_DND: permanent('blocked'),
  REJECTED_FLOODING_FILTER: infobips,
  REJECTED_NETWORK: infobips,
  REJECTED_NOT_ENOUGH_CREDITS: infobips,
  REJECTED_PREFIX_MISSING: permanent('unknown-number'),
  REJECTED_PREPAID_PACKAGE_EXPIRED: infobips,
  REJECTED_ROUTE_NOT_AVAILABLE: infobips,
  REJECTED_SENDER: infobips,
  REJECTED_SOURCE: infobips,
  REJECTED_SYSTEM_ERROR: infobips,
  SIGNALS_BLOCKED: permanent('blocked'),
  UNDELIVERABLE_REJECTED_PLATFORM: infobips,
  ...INFOBIP_NETWORK_ERRORS,
  PENDING: underway,
  DELIVERED: underway,
  // Whatever `permanent` says: it says so of every validity that is over.
  EXPIRED: transient('expired'),
  REJECTED: permanent('other'),
  'UNDELIVERABLE permanent': permanent('other'),
  'UNDELIVERABLE temporary': transient('other'),
};
