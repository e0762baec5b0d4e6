import { permanent, type StatusMap } from '../../outcomes/status-map.js';

/** `status` of a report: OK, open, error. */
export const SMS4_STATUSES: StatusMap = {
  0: { status: 'delivered' },
  1: { status: 'underway' },
  2: permanent('other'),
};
