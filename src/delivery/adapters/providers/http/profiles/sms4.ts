import { z } from 'zod';
import { baseUrlOption } from '../../options/common-options.js';
import { profile, senderOf } from '../profile.js';
import { sms4Page } from './sms4-page.js';
import { SMS4_STATUSES } from './sms4-statuses.js';

const credential = z.string().min(1).max(128);

/** sms4.de. https://www.sms4.de/cgi-bin/sms_http.pl and …/sms_handbuch_sendeberichte_restapi.pl */
export const sms4 = profile({
  type: 'sms4',
  page: sms4Page,
  options: {
    ...senderOf,
    customer: credential.meta({ description: 'The customer’s number, `kdnr`' }),
    username: credential.meta({ description: '`user`' }),
    password: credential.meta({ description: '`pwd`' }),
    url: baseUrlOption('https://www.sms4.de'),
  },
  describe: ({ from, customer, username, password, url }) => ({
    from,
    values: { customer, username, password },
    send: {
      url: `${url}/cgi-bin/sms_out.pl`,
      charset: 'iso-8859-1',
      form: {
        ...{ kdnr: '{customer}', user: '{username}', pwd: '{password}', handynr: '{toDigits}', absender: '{from}' },
        // Without v=1 there is no id to ask by.
        ...{ text: { gsm7: '{text}', ucs2: '{textHex}' }, kodierung: { ucs2: 'ucs' }, v: '1' },
      },
    },
    accepted: { matches: '\\bOK\\b', id: { regex: '\\b(\\d{6,18})\\b' } },
    poll: {
      url: `${url}/restapi/v1/dlr/{customer}/{id}`,
      ...{ status: { json: '$.status' }, id: { json: '$.smsId' } },
    },
  }),
  statuses: SMS4_STATUSES,
});
