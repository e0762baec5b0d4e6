import type { RawBodies } from '../../platform/http/raw-bodies.js';
import { MOST_REPORT_BYTES } from '../application/provider.js';

/** What vendors send us: their reports, and what they ask about calls. How much of it one of them may send, its adapter says. */
export const VENDOR_BODIES: RawBodies = {
  below: ['/v1/reports/', '/v1/calls/'],
  most: {
    '/v1/reports/:providerId': MOST_REPORT_BYTES.mail,
    '/v1/reports/:providerId/:attemptId/:mac': MOST_REPORT_BYTES.many,
  },
};
