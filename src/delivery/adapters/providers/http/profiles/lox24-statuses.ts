import { permanent, transient, type StatusMap } from '../../outcomes/status-map.js';

/**
 * `dlr_code`, and after it, where that says nothing or names a failure, `status_code`. Both are numbers, and none is in both
 * tables but 0. https://doc.lox24.eu/info/sms-delivery-report-codes-dlr/ and …/sms-status-codes/
 */
export const LOX24_STATUSES: StatusMap = {
  0: { status: 'unknown' },
  1: { status: 'delivered' },
  2: { status: 'underway' },
  4: { status: 'underway' },
  8: transient('expired'),
  16: permanent('blocked'),
  100: { status: 'underway' }, // handed to the operator
  208: permanent('blocked'), // the country is
  400: transient('provider'), // maintenance
  410: permanent('other'), // stopped in the account
  2000: transient('provider'), // no connection to landlines
  3000: transient('provider'), // no credit
  5000: permanent('unknown-number'), // no operator for it
  6000: permanent('other'), // stopped by the interface
};
