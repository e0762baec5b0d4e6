import { BAD_REQUEST, MISCONFIGURED, OUT_OF_CREDIT, THROTTLED, type ErrorMap } from '../outcomes/error-map.js';

/** Why Vonage does not place a call: HTTP's status is all that can be relied on (https://developer.vonage.com/en/api/voice). */
export const VONAGE_CALL_ERRORS: ErrorMap = {
  400: BAD_REQUEST, // of this call: its number, its caller
  401: MISCONFIGURED, // wrong application or key
  402: OUT_OF_CREDIT,
  403: MISCONFIGURED,
  404: BAD_REQUEST,
  429: THROTTLED, // three calls a second, fifteen requests
};
