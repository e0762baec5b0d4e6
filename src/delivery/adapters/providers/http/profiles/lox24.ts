import { z } from 'zod';
import { baseUrlOption, headerOption } from '../../options/common-options.js';
import { profile, senderOf } from '../profile.js';
import { LOX24_STATUSES } from './lox24-statuses.js';
import { lox24Page } from './lox24-page.js';

/** LOX24, Berlin. https://doc.lox24.eu */
export const lox24 = profile({
  type: 'lox24',
  page: lox24Page,
  options: {
    ...senderOf,
    authToken: headerOption.meta({ description: 'API key v2 of the account, as `{client}:{key}`' }),
    service: z.string().min(1).max(32).default('direct').meta({ description: 'LOX24’s `service_code`: the route' }),
    reports: z.enum(['pushed', 'asked-for']).default('pushed').meta({
      description: '`pushed` by a webhook of the account; `asked-for` one by one, where there is none',
    }),
    url: baseUrlOption('https://api.lox24.eu'),
  },
  describe: ({ from, authToken, service, reports, url }) => ({
    from,
    values: { authToken, service },
    send: {
      url: `${url}/sms`,
      headers: { 'X-LOX24-AUTH-TOKEN': '{authToken}', Accept: 'application/json' },
      json: {
        ...{ sender_id: '{from}', phone: '{to}', text: '{text}', service_code: '{service}' },
        ...{ is_unicode: { gsm7: false, ucs2: true }, callback_data: '{reference}' },
      },
    },
    accepted: { http: [201], id: { json: '$.uuid' } },
    ...(reports === 'pushed'
      ? {
          reports: {
            ...{ to: 'account', only: { where: { json: '$.name' }, is: ['sms.delivery'] } },
            ...{ status: { json: '$.data.dlr_code' }, code: { json: '$.data.status_code' } },
            ...{ id: { json: '$.data.id' }, reference: { json: '$.data.callback_data' } },
          } as const,
        }
      : {
          poll: {
            url: `${url}/sms/{id}`,
            headers: { 'X-LOX24-AUTH-TOKEN': '{authToken}', Accept: 'application/json' },
            ...{ status: { json: '$.dlr_code' }, code: { json: '$.status_code' } },
          },
        }),
  }),
  statuses: LOX24_STATUSES,
});
