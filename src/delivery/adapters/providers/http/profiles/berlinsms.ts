import { z } from 'zod';
import { acceptedSchema, refusedSchema } from '../answers.js';
import { pollSchema } from '../poll.js';
import { profile } from '../profile.js';
import { reportsSchema } from '../reports.js';
import { berlinsmsPage } from './berlinsms-page.js';
import { BERLINSMS_STATUSES } from './berlinsms-statuses.js';

const credential = z.string().min(1).max(256).optional();

/** BerlinSMS: the vendor's documents say how a message is handed over, and of reports only which words there are. */
export const berlinsms = profile({
  type: 'berlinsms',
  page: berlinsmsPage,
  options: {
    interface: z.enum(['rest', 'form']).default('rest').meta({
      description: '`rest` with an API key, or the older `form` with a username and a password',
    }),
    apiKey: credential.meta({ description: 'For `rest`' }),
    username: credential.meta({ description: 'For `form`' }),
    password: credential.meta({ description: 'For `form`' }),
    textInUrl: z
      .literal('accepted')
      .optional()
      .meta({
        description:
          '**Needed for `rest`**, which takes number and text in the URL and nowhere else: whoever reads an access log on the way reads ' +
          'codes. `form` does not need it',
      }),
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .optional()
      .meta({
        description: 'The interface; without it, the vendor’s',
      }),
    accepted: acceptedSchema.optional(),
    refused: refusedSchema.optional(),
    reports: reportsSchema.optional(),
    poll: pollSchema.optional(),
  },
  describe: ({ interface: which, apiKey = '', username = '', password = '', textInUrl, url }) => ({
    values: { apiKey, username, password },
    ...(textInUrl && { textInUrl }),
    send:
      which === 'rest'
        ? {
            method: 'POST',
            url: `${url ?? 'https://api.berlinsms.de'}/send/sms/{to}/{text}`,
            headers: { apiKey: '{apiKey}' },
          }
        : {
            url: `${url ?? 'https://interface.berlinsms.de'}/wab_versand.php`,
            form: { name: '{username}', pass: '{password}', target: '{to}', text: '{text}' },
          },
  }),
  check: ({ interface: which, ...given }) =>
    (which === 'rest' ? (['apiKey'] as const) : (['username', 'password'] as const))
      .filter((name) => given[name] === undefined)
      .map((name) => [[name], `must be set with interface: ${which}`]),
  correct: ({ accepted, refused, reports, poll }) => ({
    ...(accepted && { accepted }),
    ...(refused && { refused }),
    ...(reports && { reports }),
    ...(poll && { poll }),
  }),
  statuses: BERLINSMS_STATUSES,
});
