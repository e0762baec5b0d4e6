import { z } from 'zod';
import { momentSchema } from '../../platform/http/moment.js';
import { CHANNELS } from '../../shared/channel.js';

const instant = z.string().meta({ format: 'date-time' });

const count = z.int().min(0);

const figuresSchema = z
  .strictObject({
    submitted: count.meta({ description: 'Messages it was asked to take.' }),
    accepted: count.meta({ description: 'It took them.' }),
    ambiguous: count.meta({ description: 'It may or may not have them; they wait for a report.' }),
    refused: z
      .strictObject({
        ...{ rejected: count, throttled: count, quota: count, unreachable: count, misconfigured: count },
      })
      .meta({ description: 'By what it refused them for; only `rejected` is for the message itself.' }),
    delivered: count.meta({ description: 'Of those it may have. What is missing waits for a report.' }),
    failed: count.meta({ description: 'It reported that they did not arrive.' }),
    unconfirmed: count.meta({ description: 'No final report came in time.' }),
    deliveredShare: z.number().nullable().meta({ description: 'Among those whose end is known, 0 to 1.' }),
    medianReportSeconds: z.number().nullable().meta({ description: 'From handing over to a final report.' }),
  })
  .meta({ id: 'ProviderFigures', description: 'Over all processes, of at most the last 100,000 messages.' });

const healthSchema = z
  .strictObject({
    node: z.string().meta({ description: 'The process that answers: its host and its number there.' }),
    inFlight: count.meta({ description: 'Messages on their way.' }),
    maxPerSecond: z.number().nullable().meta({ description: 'As configured; null: as many as it takes.' }),
    paused: z
      .strictObject({ until: instant, because: z.enum(['throttled', 'quota', 'misconfigured']) })
      .nullable()
      .meta({ description: 'Left alone until then, because of what it answered.' }),
    noLink: z
      .strictObject({
        because: z.string().meta({ description: 'The short code of it, such as `bind ESME_RINVPASWD`.' }),
        triedAgainAt: instant,
      })
      .nullable()
      .meta({ description: 'Why a provider that keeps a link to its gateway has none; null for all others.' }),
    lastFailure: z
      .strictObject({
        at: instant,
        failure: z.enum(['ambiguous', 'throttled', 'quota', 'unreachable', 'misconfigured']),
        detail: z.string().meta({ description: 'The short code of it.' }),
      })
      .nullable()
      .meta({ description: 'When it last did not take a message, for a reason of its own.' }),
  })
  .meta({ id: 'ProviderHealth', description: 'What one process knows from what it has sent itself since it began.' });

export const providerSchema = z
  .strictObject({
    id: z.string().meta({ description: 'Of its entry in the configuration file.' }),
    type: z.string().meta({ description: 'Its kind, like `twilio` or `smpp`.', example: 'twilio' }),
    channel: z.enum(CHANNELS),
    routes: z.array(z.string()).meta({ description: 'Routes it is in, like `sms` and `sms/DE`.' }),
    enabled: z.boolean().meta({ description: 'False while an operator has switched it off.' }),
    disabledUntil: instant.nullable().meta({ description: 'When it is on again by itself.' }),
    reason: z.string().nullable().meta({ description: 'Why, as the operator who switched it said.' }),
    version: z.int().meta({ description: 'Of the switch; also the ETag.' }),
    breaker: z
      .enum(['closed', 'half-open', 'open'])
      .meta({ description: 'Of the process that answers; `open`: left alone because it did not answer.' }),
    health: healthSchema.nullable().meta({ description: 'Of the process that answers.' }),
    last5Minutes: figuresSchema,
    last60Minutes: figuresSchema,
  })
  .meta({ id: 'Provider' });

export const providerListSchema = z.strictObject({ providers: z.array(providerSchema) }).meta({ id: 'ProviderList' });

export const providerSwitchSchema = z
  .strictObject({
    enabled: z.boolean(),
    until: momentSchema
      .optional()
      .meta({ description: 'When it is on again by itself. Absent: when somebody switches it on.' }),
    reason: z
      .string()
      .regex(/^(?!\s)[^\p{C}]{1,200}(?<!\s)$/u, { error: 'is 1 to 200 visible characters, without spaces around them' })
      .optional(),
  })
  .refine(({ enabled, until }) => !enabled || until === undefined, {
    path: ['until'],
    error: 'is for a provider that is switched off',
  })
  .meta({ id: 'ProviderSwitch' });
export type ProviderSwitchBody = z.output<typeof providerSwitchSchema>;
