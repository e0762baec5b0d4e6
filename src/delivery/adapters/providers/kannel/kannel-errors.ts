import { MISCONFIGURED, rejected, type ErrorMap } from '../outcomes/error-map.js';

/** What smsbox refuses with, by the short names that its sentences have here. */
export const KANNEL_ERRORS: ErrorMap = {
  'denied by a list': rejected('blocked'),
  'not routable': rejected('blocked'),
  'authorization failed': MISCONFIGURED,
};
