import { permanent, transient, type StatusMap } from '../outcomes/status-map.js';

/** The number takes no text messages. */
const noTexts = permanent('landline');
const nobodys = permanent('unknown-number');
const blocked = permanent('blocked');
/** Off, out of coverage or full: the phone may take it later, and by another way. */
const notNow = transient('unreachable');
const late = transient('expired');
/** The route, the account or its sender: another provider may. */
const route = transient('provider');

/**
 * Why a message was not delivered, by the name of the error, where that says more than its flag `permanent` or says other than
 * that. https://www.infobip.com/docs/essentials/api-essentials/response-status-and-error-codes
 */
export const INFOBIP_NETWORK_ERRORS: StatusMap = {
  // Of the phone
  EC_UNKNOWN_SUBSCRIBER: nobodys,
  EC_UNIDENTIFIED_SUBSCRIBER: notNow,
  EC_ABSENT_SUBSCRIBER: notNow,
  EC_ABSENT_SUBSCRIBER_SM: notNow,
  EC_ROAMING_NOT_ALLOWED: notNow,
  EC_ILLEGAL_SUBSCRIBER: blocked,
  EC_ILLEGAL_EQUIPMENT: blocked,
  EC_CALL_BARRED: transient('blocked'),
  EC_TELESERVICE_NOT_PROVISIONED: noTexts,
  EC_BEARER_SERVICE_NOT_PROVISIONED: noTexts,
  EC_FACILITY_NOT_SUPPORTED: transient('landline'),
  EC_SUBSCRIBER_BUSY_FOR_MT_SMS: notNow,
  EC_SM_DELIVERY_FAILURE: notNow,
  EC_SM_DF_MEMORYCAPACITYEXCEEDED: notNow,
  EC_MESSAGE_WAITING_LIST_FULL: notNow,
  EC_USER_OUT_OF_CREDIT: notNow,
  // Called permanent by its flag, and temporary by its name.
  EC_TEMPORARY_HANDSET_FAILURE: notNow,
  EC_DEST_ADDRESS_UNABLE_TO_RECEIVE_SMS: noTexts,
  EC_DESTINATION_NOT_SMS_PROVISIONED: noTexts,
  // Nobody knows whether it arrived.
  EC_NO_RESPONSE: { status: 'unknown' },
  EC_MESSAGE_SUBMITTED_NOT_ACKED: { status: 'unknown' },
  // Of the number
  EC_INVALID_DESTINATION_ADDRESS: transient('unknown-number'),
  EC_INVALID_REQUEST_DESTINATION: nobodys,
  EC_DEACTIVATED_LIST: nobodys,
  EC_OPERATOR_NOT_FOUND: nobodys,
  // Not wanted
  EC_BLACKLISTED_DESTINATIONADDRESS: blocked,
  EC_DEST_ADDRESS_BLACKLISTED: blocked,
  EC_DEST_ADDRESS_SUSPENDED: blocked,
  EC_DESTINATION_BLOCKED_BY_OPERATOR: blocked,
  EC_IMSI_BLACKLISTED: blocked,
  EC_CONTENT_BLOCKED: blocked,
  EC_CONTENT_BLOCKED_BY_OPERATOR: blocked,
  EC_REJECTED_SPAM_BY_OPERATOR: blocked,
  EC_SMS_REJECTED_BY_MOBILE_OPERATOR: blocked,
  EC_SC_BLOCKED_BY_END_USER: blocked,
  EC_SC_BLOCKED_FOR_END_USER: blocked,
  EC_SIGNALS_BLOCKED: blocked,
  // Too late, which their flag calls permanent
  EC_VALIDITY_EXPIRED: late,
  EC_VALIDITYEXPIRED: late,
  EC_VP_EXPIRED: late,
  EC_MESSAGE_EXPIRED: late,
  EC_MESSAGE_CANCELED: late,
  // Of the way there
  EC_DESTINATION_FLOODING: route,
  EC_DESTINATION_TXT_FLOODING: route,
  EC_BLACKLISTED_SENDERADDRESS: route,
  EC_INVALID_SOURCE_ADDRESS: route,
  EC_SOURCE_ADDRESS_BLACKLISTED: route,
  EC_LIMIT_REACHED: route,
  EC_QUOTA_REACHED: route,
  EC_MONTHLY_LIMIT_REACHED: route,
  EC_10DLC_LIMIT_REACHED: route,
  EC_SIGNALS_HARD_LIMIT_REACHED: route,
  EC_ACCOUNT_ACCESS_DENIED: route,
  EC_ACCOUNT_NOT_PROVISIONED_FOR_CHANNEL: route,
  EC_RESOURCE_LIMITATION: route,
  EC_DEST_OVERLOADED: route,
  EC_MOBILE_OPERATOR_NETWORK_ERROR: route,
  EC_NOTSUBMITTEDTOGMSC: route,
  EC_NOTSUBMITTEDTOSMPPCHANNEL: route,
  EC_SYSTEM_FAILURE: route,
  EC_TIME_OUT: route,
};
