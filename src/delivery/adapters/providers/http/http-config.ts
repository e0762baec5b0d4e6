import { z } from 'zod';
import { BESIDE_OTHERS } from '../options/beside-others.js';
import { senderOption, commonOptions } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';
import { acceptedSchema, refusedSchema } from './answers.js';
import { authSchema } from './auth.js';
import { checkDescription } from './check-description.js';
import { wordOption } from './option.js';
import { pollSchema } from './poll.js';
import { reportsSchema } from './reports.js';
import { requestSchema } from './request.js';

const encoding = z
  .union([z.string().max(64), z.number(), z.boolean()])
  .meta({ description: 'The gateway’s word for it, or a number, true or false' });

export const httpShape = z.strictObject({
  ...commonOptions,
  type: z.literal('http'),
  channel: z.literal('sms'),
  from: senderOption.optional(),
  values: z
    .record(z.string(), wordOption('A text'))
    .default({})
    .meta({ description: 'Values of your own, as `{name}` in templates: usernames, passwords from the environment' }),
  auth: authSchema.optional().meta({ description: 'Standard authentication' }),
  encodings: z
    .strictObject({ gsm7: encoding, ucs2: encoding })
    .optional()
    .meta({ description: 'What `{encoding}` is for a text in the 7-bit alphabet, and for any other' }),
  leastValiditySeconds: z.int().min(1).max(86_400).default(1).meta({
    description: 'The shortest validity that the gateway takes',
  }),
  textInUrl: z
    .literal('accepted')
    .optional()
    .meta({
      description:
        '**Needed where the text or the number stands in the URL**, because the gateway leaves no choice: whoever reads an access ' +
        'log on the way then reads codes',
    }),
  send: requestSchema.meta({ description: 'The request that hands a message over' }),
  accepted: acceptedSchema.prefault({}),
  refused: refusedSchema.optional(),
  errors: errorsOption,
  reports: reportsSchema.optional(),
  poll: pollSchema.optional(),
  statuses: statusesOption,
  codes: statusesOption.meta({
    description: 'What the codes at `code` mean, where the same numbers stand in `statuses` for something else',
  }),
});

/** A gateway described by its operator. Everything that could be wrong with the description is told when the process starts. */
export const httpSchema = httpShape.superRefine(checkDescription, BESIDE_OTHERS);
export type HttpConfig = z.output<typeof httpShape>;
