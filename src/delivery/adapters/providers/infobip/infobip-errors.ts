import {
  BAD_REQUEST,
  MISCONFIGURED,
  OUT_OF_CREDIT,
  rejected,
  THROTTLED,
  UNREACHABLE,
  type ErrorMap,
} from '../outcomes/error-map.js';

/**
 * Why a submit was refused: names of statuses and of their groups, then of errors of the request, new (`E…`) and old.
 * https://www.infobip.com/docs/essentials/api-essentials/response-status-and-error-codes
 */
export const INFOBIP_ERRORS: ErrorMap = {
  REJECTED_DESTINATION: rejected('unknown-number'),
  REJECTED_DESTINATION_BLOCKLISTED: rejected('blocked'),
  REJECTED_DESTINATION_NOT_REGISTERED: BAD_REQUEST,
  REJECTED_DND: rejected('blocked'),
  REJECTED_FLOODING_FILTER: THROTTLED,
  // Of one network, so no reason to pass over this provider for all others.
  REJECTED_NETWORK: UNREACHABLE,
  REJECTED_NOT_ENOUGH_CREDITS: OUT_OF_CREDIT,
  REJECTED_PREFIX_MISSING: rejected('unknown-number'),
  REJECTED_PREPAID_PACKAGE_EXPIRED: OUT_OF_CREDIT,
  REJECTED_ROUTE_NOT_AVAILABLE: UNREACHABLE,
  REJECTED_SENDER: BAD_REQUEST,
  REJECTED_SOURCE: BAD_REQUEST,
  REJECTED_SYSTEM_ERROR: UNREACHABLE,
  SIGNALS_BLOCKED: rejected('blocked'),
  UNDELIVERABLE_REJECTED_OPERATOR: rejected('blocked'),
  UNDELIVERABLE_REJECTED_PLATFORM: UNREACHABLE,
  UNDELIVERABLE: rejected('other'),
  EXPIRED: UNREACHABLE,
  REJECTED: rejected('other'),
  E400: BAD_REQUEST,
  E401: MISCONFIGURED,
  E403: MISCONFIGURED,
  E429: THROTTLED,
  E500: UNREACHABLE,
  BAD_REQUEST: BAD_REQUEST,
  UNAUTHORIZED: MISCONFIGURED,
  FORBIDDEN: MISCONFIGURED,
  TOO_MANY_REQUESTS: THROTTLED,
  GENERAL_ERROR: UNREACHABLE,
};
