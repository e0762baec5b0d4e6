import {
  BAD_REQUEST,
  MISCONFIGURED,
  OUT_OF_CREDIT,
  rejected,
  THROTTLED,
  UNREACHABLE,
  type ErrorMap,
} from '../outcomes/error-map.js';

/** `status` of a message in the answer to a submit. https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms */
export const VONAGE_ERRORS: ErrorMap = {
  1: THROTTLED,
  2: BAD_REQUEST, // a parameter is missing
  3: rejected('other'), // a parameter is invalid
  4: MISCONFIGURED, // wrong credentials
  5: UNREACHABLE, // internal error
  6: rejected('other'), // no network takes it
  7: rejected('blocked'), // the number is barred
  8: MISCONFIGURED, // the account is barred
  9: OUT_OF_CREDIT,
  10: THROTTLED, // too many at once
  11: MISCONFIGURED, // the account is for SMPP
  12: rejected('other'), // too long
  14: MISCONFIGURED, // wrong signature
  15: rejected('blocked'), // the sender is not ours
  17: rejected('blocked'), // by the network
  22: BAD_REQUEST, // wrong network code
  23: MISCONFIGURED, // the address for reports is too long
  29: BAD_REQUEST, // a trial account sends to some numbers only
  32: MISCONFIGURED, // a secret beside a signature
  33: rejected('unknown-number'), // deactivated
};
