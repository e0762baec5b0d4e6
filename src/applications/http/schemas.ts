import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http/page.js';
import { CODE_CHANNELS } from '../../shared/channel.js';
import { nameSchema } from '../applications.js';
import { countrySettingsSchema } from '../country-settings.js';
import { factorSettingsSchema } from '../factor-settings.js';
import { fraudSettingsSchema } from '../fraud-settings.js';
import { policySchema, settingsSchema } from '../settings.js';
import { senderSettingsSchema } from '../sender-settings.js';
import { spendSettingsSchema } from '../spend-settings.js';
import { templateSettingsSchema } from '../template-settings.js';
import { voiceSettingsSchema } from '../voice-settings.js';

const instant = z.string().meta({ format: 'date-time' });

export const newApplicationSchema = z
  .strictObject({ name: nameSchema, countries: countrySettingsSchema.optional() })
  .meta({ id: 'NewApplication' });
export type NewApplication = z.output<typeof newApplicationSchema>;

export const applicationSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    settings: settingsSchema,
    enabled: z.boolean().meta({ description: 'False: all of its keys are refused.' }),
    version: z.int().meta({ description: 'Counts changes; also the ETag.' }),
    createdAt: instant,
  })
  .meta({ id: 'Application' });

export const applicationListSchema = z
  .strictObject({ applications: z.array(applicationSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'ApplicationList' });

export const applicationChangeSchema = z
  .strictObject({
    name: nameSchema,
    enabled: z.boolean().meta({ description: 'False: all of its keys are refused, on every process within 5 s.' }),
  })
  .meta({ id: 'ApplicationChange' });
export type ApplicationChange = z.output<typeof applicationChangeSchema>;

export const pageSchema = z.strictObject(pageQuery({ usual: 100, most: 200 }));
export type PageOrder = z.output<typeof pageSchema>;

const setter = z.enum(['operator', 'application']);

export const settingsViewSchema = z
  .strictObject({
    version: z.int().meta({ description: 'Counts changes of the application; also the ETag.' }),
    settings: settingsSchema,
    setBy: z
      .strictObject({
        spend: setter,
        fraud: setter,
        countries: setter,
        templates: setter,
        senders: setter,
        voice: setter,
      })
      .partial()
      .meta({ description: "What an operator saved, the application's own key leaves as it is." }),
    effective: z
      .strictObject({
        plan: z.array(z.enum(CODE_CHANNELS)),
        policy: policySchema.required(),
        countries: countrySettingsSchema.required(),
        spend: spendSettingsSchema.nullable().meta({ description: 'Null: messages may cost anything.' }),
        fraud: fraudSettingsSchema,
        senderName: z.string(),
        applicationName: z.string().meta({ description: 'What `{application}` says: its name, as it can be said.' }),
        defaultCountry: z.string().optional(),
        locale: z.string(),
        templates: templateSettingsSchema,
        senders: senderSettingsSchema,
        voice: voiceSettingsSchema.required(),
        factors: factorSettingsSchema.required(),
      })
      .meta({ id: 'EffectiveSettings', description: 'Every gap filled by the configuration file and the defaults.' }),
  })
  .meta({ id: 'Settings' });

const name = z
  .string()
  .regex(/^(?!\s)[^\p{C}]{1,64}(?<!\s)$/u, { error: 'is 1 to 64 visible characters, without spaces around them' })
  .optional()
  .meta({ description: 'For people: which key this is.', example: 'checkout, production' });
const expiresInDays = z
  .int()
  .min(1)
  .max(3650)
  .optional()
  .meta({ description: 'Absent: it ends when the key that makes it does, if ever. It never outlives that one.' });

export const newKeySchema = z
  .strictObject({
    scopes: z
      .array(z.enum(['verify', 'read', 'admin']))
      .min(1)
      .max(3)
      .refine((scopes) => new Set(scopes).size === scopes.length, { error: 'names a scope twice' }),
    name,
    expiresInDays,
  })
  .meta({ id: 'NewKey' });
export type NewKey = z.output<typeof newKeySchema>;

export const newOperatorKeySchema = z.strictObject({ name, expiresInDays }).meta({ id: 'NewOperatorKey' });
export type NewOperatorKey = z.output<typeof newOperatorKeySchema>;

const keySchema = z
  .strictObject({
    id: z.string(),
    applicationId: z.string().nullable().meta({ description: 'Null for an operator.' }),
    name: z.string().nullable(),
    scopes: z.array(z.enum(['verify', 'read', 'admin', 'operator'])),
    createdAt: instant,
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable().meta({ description: 'To the minute.' }),
    rotatedTo: z.string().nullable().meta({ description: 'The key that a rotation made in place of this one.' }),
  })
  .meta({ id: 'Key' });

export const createdKeySchema = keySchema
  .extend({ secret: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'CreatedKey' });

export const keyListSchema = z.strictObject({ keys: z.array(keySchema) }).meta({ id: 'KeyList' });

export const rotationSchema = z
  .strictObject({
    overlapHours: z.int().min(0).max(168).default(24).meta({ description: 'For how long both keys are good.' }),
  })
  .prefault({})
  .meta({ id: 'KeyRotation' });
export type RotationBody = z.output<typeof rotationSchema>;

export const rotatedKeySchema = createdKeySchema
  .extend({
    replaces: z.strictObject({ id: z.string(), expiresAt: instant }).meta({ description: 'The old key, and its end.' }),
  })
  .meta({ id: 'RotatedKey' });
