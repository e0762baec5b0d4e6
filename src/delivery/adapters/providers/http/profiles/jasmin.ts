import { z } from 'zod';
import { profile, senderOf } from '../profile.js';
import { JASMIN_ERRORS, JASMIN_STATUSES } from './jasmin-codes.js';
import { jasminPage } from './jasmin-page.js';

/** Jasmin, the open SMS gateway: HTTP in, SMPP out. https://docs.jasminsms.com/en/latest/apis/http/ */
export const jasmin = profile({
  type: 'jasmin',
  page: jasminPage,
  options: {
    ...senderOf,
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .meta({ description: 'Its HTTP interface, without a path: `http://jasmin.internal:1401`' }),
    username: z.string().min(1).max(16).meta({ description: 'Of a user with the authorization `http_send`' }),
    password: z.string().min(1).max(16).meta({ description: 'Its password' }),
  },
  describe: ({ from, url, username, password }) => ({
    from,
    values: { username, password },
    send: {
      url: `${url.replace(/\/+$/, '')}/send`,
      form: {
        ...{ username: '{username}', password: '{password}', to: '{to}', from: '{from}' },
        ...{ coding: { gsm7: '0', ucs2: '8' }, content: { gsm7: '{text}' }, 'hex-content': { ucs2: '{textHex}' } },
        ...{ 'validity-period': '{validityMinutes}', dlr: 'yes', 'dlr-level': '3' },
        ...{ 'dlr-url': '{reportUrl}', 'dlr-method': 'POST' },
      },
    },
    accepted: { http: [200], id: { regex: '^Success "([^"]+)"' } },
    refused: {
      code: {
        regex:
          '^Error "(User throughput exceeded|Cannot charge submit_sm|Authentication failure|Cannot send submit_sm)',
      },
    },
    reports: {
      ...{ status: { form: 'message_status' }, code: { form: 'err' }, id: { form: 'id' } },
      answer: 'ACK/Jasmin',
    },
  }),
  statuses: JASMIN_STATUSES,
  errors: JASMIN_ERRORS,
});
