import { baseUrlOption, headerOption } from '../../options/common-options.js';
import { profile, senderOf } from '../profile.js';
import { MESSAGEBIRD_ERRORS, MESSAGEBIRD_STATUSES } from './messagebird-codes.js';
import { messagebirdPage } from './messagebird-page.js';

/** MessageBird's SMS API, today of Bird. https://developers.messagebird.com/api/sms-messaging/ */
export const messagebird = profile({
  type: 'messagebird',
  page: messagebirdPage,
  options: {
    ...senderOf,
    accessKey: headerOption.meta({ description: 'A live access key of the account' }),
    url: baseUrlOption('https://rest.messagebird.com'),
  },
  describe: ({ from, accessKey, url }) => ({
    from,
    values: { accessKey },
    send: {
      url: `${url}/messages`,
      headers: { Authorization: 'AccessKey {accessKey}' },
      json: {
        ...{ originator: '{from}', recipients: ['{toDigits:number}'], body: '{text}' },
        ...{ datacoding: { gsm7: 'plain', ucs2: 'unicode' }, validity: '{validitySeconds}' },
        // Without a reference there are no reports, whatever the address.
        ...{ reference: '{attemptId}', reportUrl: '{reportUrl}' },
      },
    },
    accepted: { http: [200, 201], id: { json: '$.id' } },
    refused: { code: { json: '$.errors[0].code' } },
    reports: { status: { query: 'status' }, code: { query: 'statusErrorCode' }, id: { query: 'id' } },
  }),
  statuses: MESSAGEBIRD_STATUSES,
  errors: MESSAGEBIRD_ERRORS,
});
