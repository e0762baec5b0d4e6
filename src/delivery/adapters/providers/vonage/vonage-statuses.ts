import { meaningOf, permanent, transient, type Meaning, type StatusMap } from '../outcomes/status-map.js';

/** `status` of a delivery receipt. https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts */
const RECEIPT_STATUSES: StatusMap = {
  accepted: { status: 'underway' },
  buffered: { status: 'underway' },
  delivered: { status: 'delivered' },
  expired: transient('expired'),
  undelivered: transient('other'),
  failed: permanent('other'),
  rejected: permanent('blocked'),
  unknown: { status: 'unknown' },
};

/** `err-code`, which says why. The guide calls 2, 7 and 8 worth another try, and 3 and 4 permanent. */
const RECEIPT_ERRORS: StatusMap = {
  1: { status: 'unknown' },
  2: transient('unreachable'),
  3: permanent('unknown-number'), // not active any more
  4: permanent('blocked'), // by the recipient
  5: permanent('other'), // ported, and nobody knows where to
  6: permanent('blocked'), // spam filter
  7: transient('unreachable'), // the phone is busy with another message
  8: transient('other'), // network error
  9: permanent('blocked'), // the recipient wants none
  10: permanent('other'), // illegal message
  11: permanent('blocked'), // no route
  12: permanent('blocked'), // no route to this number
  13: permanent('blocked'), // age
  14: permanent('blocked'), // by the carrier
  15: transient('other'), // the recipient’s prepaid credit is used up
  50: permanent('blocked'), // 50 to 54: filters and rules of a country
  51: permanent('blocked'),
  52: permanent('blocked'),
  53: permanent('blocked'),
  54: permanent('blocked'),
  99: transient('other'), // route
};

/** All that a delivery receipt may say. */
export const VONAGE_STATUSES: StatusMap = { ...RECEIPT_STATUSES, ...RECEIPT_ERRORS };

/** It was not delivered and nobody knows why: less than any status says but `failed`. */
const NO_REASON = '1';

/**
 * What a delivery receipt means: the reason where there is one, and where its status is a failure or one that nobody knows.
 *
 * @param errorCode undefined where the receipt has none, or 0.
 */
export function readVonageStatus(status: string, errorCode: string | undefined, ofOperator?: StatusMap): Meaning {
  const said = meaningOf([status], ofOperator, VONAGE_STATUSES);
  if (errorCode === undefined || said.status === 'delivered' || said.status === 'underway') return said;
  if (errorCode === NO_REASON && status !== 'failed') return said;
  return meaningOf([errorCode, status], ofOperator, VONAGE_STATUSES);
}
