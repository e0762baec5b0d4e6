import { permanent, transient, type StatusMap } from '../outcomes/status-map.js';

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
