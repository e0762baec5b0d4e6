import { permanent, type StatusMap } from '../../outcomes/status-map.js';

/** The three words that BerlinSMS has for a status; where they come to stand is not published. */
export const BERLINSMS_STATUSES: StatusMap = {
  sent: { status: 'underway' },
  delivered: { status: 'delivered' },
  failed: permanent('other'),
};
