import { BAD_REQUEST, rejected, THROTTLED, type ErrorMap } from '../outcomes/error-map.js';
import { TWILIO_ERRORS } from './twilio-errors.js';

/** Why Twilio does not place a call (https://www.twilio.com/docs/api/errors), over what it says of messages and calls alike. */
export const TWILIO_CALL_ERRORS: ErrorMap = {
  ...TWILIO_ERRORS,
  10004: THROTTLED, // more calls at once than the account may have
  13223: rejected('unknown-number'),
  13224: rejected('unknown-number'),
  13225: rejected('blocked'),
  13226: BAD_REQUEST,
  13227: rejected('blocked'), // country not enabled
  21201: rejected('unknown-number'),
  21205: BAD_REQUEST,
  21210: BAD_REQUEST, // the calling number, which may be one application's, is not verified
  21212: BAD_REQUEST,
  21213: BAD_REQUEST,
  21214: rejected('unknown-number'),
  21215: rejected('blocked'), // country not enabled
  21216: rejected('blocked'),
  21217: rejected('unknown-number'),
  21219: BAD_REQUEST, // a trial account calls verified numbers only
};
