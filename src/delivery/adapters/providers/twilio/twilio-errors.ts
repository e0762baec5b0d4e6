import { BAD_REQUEST, MISCONFIGURED, rejected, THROTTLED, type ErrorMap } from '../outcomes/error-map.js';

/** Codes with which a message or a call is refused. https://www.twilio.com/docs/api/errors */
export const TWILIO_ERRORS: ErrorMap = {
  14107: THROTTLED, // too many from this number
  20003: MISCONFIGURED, // wrong credentials
  20005: MISCONFIGURED, // the account is not active
  20404: MISCONFIGURED, // no such account
  20429: THROTTLED,
  21211: rejected('unknown-number'),
  21408: rejected('blocked'), // country not enabled
  21606: BAD_REQUEST, // not our sender: another application's may be
  21610: rejected('blocked'), // the recipient wrote STOP
  21611: THROTTLED, // the sender's queue is full
  21612: rejected('blocked'), // no route between these two numbers
  21614: rejected('landline'),
  21635: rejected('landline'),
  21659: BAD_REQUEST, // no number of ours
};
