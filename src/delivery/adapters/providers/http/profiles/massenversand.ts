import { z } from 'zod';
import { profile, senderOf } from '../profile.js';
import { massenversandPage } from './massenversand-page.js';

/** massenversand.de. https://www.massenversand.de/sms-versand-api/ */
export const massenversand = profile({
  type: 'massenversand',
  page: massenversandPage,
  options: {
    ...senderOf,
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .meta({ description: 'The gateway’s address, as the vendor’s customer area shows it' }),
    authToken: z.string().min(1).max(256).meta({ description: 'Token of the account, `authToken`' }),
  },
  describe: ({ from, url, authToken }) => ({
    from,
    values: { authToken },
    send: {
      url,
      form: {
        ...{ authToken: '{authToken}', receiver: '{to00}', sender: '{from}', msg: '{text}' },
        ...{ msgtype: { gsm7: 'c', ucs2: 'utf8' }, getID: '1' },
      },
    },
    accepted: { matches: '\\bOK\\b' },
  }),
});
