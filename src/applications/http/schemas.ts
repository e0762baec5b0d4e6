import { z } from 'zod';
import { CHANNELS } from '../../shared/channel.js';
import { nameSchema } from '../applications.js';
import { countrySettingsSchema } from '../country-settings.js';
import { policySchema, settingsSchema } from '../settings.js';
import { spendSettingsSchema } from '../spend-settings.js';

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
    version: z.int().meta({ description: 'Counts changes of the settings; name it when changing them.' }),
    createdAt: instant,
  })
  .meta({ id: 'Application' });

export const applicationListSchema = z
  .strictObject({ applications: z.array(applicationSchema) })
  .meta({ id: 'ApplicationList' });

export const settingsChangeSchema = z
  .strictObject({
    version: z.int().min(1).meta({ description: 'The version that was changed; 409 when it is not the newest.' }),
    settings: settingsSchema,
  })
  .meta({ id: 'SettingsChange' });
export type SettingsChange = z.output<typeof settingsChangeSchema>;

export const settingsViewSchema = z
  .strictObject({
    version: z.int(),
    settings: settingsSchema,
    effective: z
      .strictObject({
        plan: z.array(z.enum(CHANNELS)),
        policy: policySchema.required(),
        countries: countrySettingsSchema.required(),
        spend: spendSettingsSchema.nullable().meta({ description: 'Null: messages may cost anything.' }),
        senderName: z.string(),
        defaultCountry: z.string().optional(),
        locale: z.string(),
      })
      .meta({ id: 'EffectiveSettings', description: 'Every gap filled by the configuration file and the defaults.' }),
  })
  .meta({ id: 'Settings' });

const expiresInDays = z.int().min(1).max(3650).optional().meta({ description: 'Absent: the key does not expire.' });

export const newKeySchema = z
  .strictObject({
    scopes: z
      .array(z.enum(['verify', 'read', 'admin']))
      .min(1)
      .max(3)
      .refine((scopes) => new Set(scopes).size === scopes.length, { error: 'names a scope twice' }),
    expiresInDays,
  })
  .meta({ id: 'NewKey' });
export type NewKey = z.output<typeof newKeySchema>;

export const newOperatorKeySchema = z.strictObject({ expiresInDays }).meta({ id: 'NewOperatorKey' });
export type NewOperatorKey = z.output<typeof newOperatorKeySchema>;

const keySchema = z
  .strictObject({
    id: z.string(),
    applicationId: z.string().nullable().meta({ description: 'Null for an operator.' }),
    scopes: z.array(z.enum(['verify', 'read', 'admin', 'operator'])),
    createdAt: instant,
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Key' });

export const createdKeySchema = keySchema
  .extend({ secret: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'CreatedKey' });

export const keyListSchema = z.strictObject({ keys: z.array(keySchema) }).meta({ id: 'KeyList' });
