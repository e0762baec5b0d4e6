import { z } from 'zod';
import { EVENT_TYPES, TEST_EVENT } from '../../events/event-types.js';
import { SIGNATURES } from '../domain/signing-secret.js';

const types = EVENT_TYPES.filter((type) => type !== TEST_EVENT);
const families = new Set(types.map((type) => type.replace(/\..*/, '.*')));

const events = z
  .array(z.enum([...families, ...types], { error: 'is no type of event and no family like delivery.*' }))
  .min(1)
  .max(50)
  .refine((named) => new Set(named).size === named.length, { error: 'names something twice' })
  .nullable()
  .meta({ description: 'Types and families of events to be told of. Null: all, also those that are added later.' });

const terms = {
  url: z
    .string()
    .min(1)
    .max(2_000)
    .meta({ description: 'Where messages are posted. https; put no secret into it: it is shown and logged.' }),
  description: z
    .string()
    .max(300)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'must not hold control characters' })
    .default('')
    .meta({ description: 'For people: what it is for.' }),
  events: events.default(null),
};

const secret = z.string().max(120).optional().meta({
  description:
    'A secret of `v1` brought along from another service: `whsec_` and base64 of 24 to 64 bytes. Absent: a new one.',
});

export const newEndpointSchema = z
  .strictObject({
    ...terms,
    signature: z
      .enum(SIGNATURES)
      .default('v1')
      .meta({ description: '`v1`: HMAC-SHA256 with a secret. `v1a`: Ed25519; the receiver has a public key only.' }),
    secret,
  })
  .meta({ id: 'NewWebhook', example: { url: 'https://shop.example/hooks/einmal', events: ['verification.*'] } });
export type NewEndpointBody = z.output<typeof newEndpointSchema>;

export const endpointChangeSchema = z
  .strictObject({
    ...terms,
    enabled: z.boolean().meta({ description: 'False: what is owed waits, and nothing new is kept for it.' }),
  })
  .meta({ id: 'WebhookChange' });
export type EndpointChangeBody = z.output<typeof endpointChangeSchema>;

const instant = z.string().meta({ format: 'date-time' });

export const endpointSchema = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()).nullable().meta({ description: 'Null: all.' }),
    signature: z.enum(SIGNATURES),
    publicKey: z.string().nullable().meta({ description: '`whpk_…`, which receivers of `v1a` verify with.' }),
    enabled: z.boolean(),
    disabledBecause: z.string().nullable().meta({ description: 'Why it is not enabled, where it is not.' }),
    failingSince: instant
      .nullable()
      .meta({ description: 'Since when every try has failed. Null: the last one did not.' }),
    oldSecretUntil: instant
      .nullable()
      .meta({ description: 'Until then the secret before the last rotation signs as well.' }),
    version: z.int().meta({ description: 'Counts changes; also the ETag.' }),
    createdAt: instant,
  })
  .meta({ id: 'Webhook' });

export const issuedEndpointSchema = endpointSchema
  .extend({
    secret: z.string().optional().meta({ description: '`whsec_…`, shown this once. Absent with `v1a`.' }),
  })
  .meta({ id: 'IssuedWebhook' });

export const endpointListSchema = z.strictObject({ endpoints: z.array(endpointSchema) }).meta({ id: 'WebhookList' });

export const secretRotationSchema = z
  .strictObject({
    overlapHours: z
      .int()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: 'For how long the former secret signs as well. 0: it ends now.' }),
    secret,
  })
  .prefault({})
  .meta({ id: 'WebhookSecretRotation' });
export type SecretRotationBody = z.output<typeof secretRotationSchema>;
