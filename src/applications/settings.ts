import { z } from 'zod';
import { CHANNELS } from '../shared/channel.js';
import { isCountry, type AllowedCountries } from '../shared/country.js';
import { countrySettingsSchema, effectiveCountries } from './country-settings.js';
import type { DetectorSettings } from '../fraud/domain/detector-settings.js';
import { effectiveFactors, factorSettingsSchema, type EffectiveFactors } from './factor-settings.js';
import { effectiveDetectors, fraudSettingsSchema } from './fraud-settings.js';
import { planSchema } from './plan-settings.js';
import { reportTimeoutSchema, timeoutsOver, type ReportTimeouts } from './report-timeouts.js';
import { senderSettingsSchema } from './sender-settings.js';
import { spendSettingsSchema, type SpendSettings } from './spend-settings.js';
import { templateSettingsSchema } from './template-settings.js';
import { effectiveVoice, voiceSettingsSchema } from './voice-settings.js';

/** How verifications behave. The rails (NIST SP 800-63B, ASVS 6.5) are part of the schema: a value outside them is refused. */
export const policySchema = z.strictObject({
  codeLength: z.int().min(6).max(10).optional().meta({ description: 'Digits of a code.' }),
  ttlSeconds: z.int().min(10).max(600).optional().meta({ description: 'For how long a verification is open.' }),
  maxAttempts: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .meta({ description: 'Guesses, over all codes of a verification together.' }),
  maxSends: z
    .int()
    .min(1)
    .max(5)
    .optional()
    .meta({ description: 'Messages of a verification, however they came about.' }),
  reportTimeoutSeconds: reportTimeoutSchema.optional(),
  tryOtherProviderOnFailure: z
    .boolean()
    .optional()
    .meta({
      description:
        'A reported failure that may pass is tried over the next provider of the channel before the next channel. That is one more ' +
        'message: it costs as much, and counts in `maxSends`, limits and caps.',
    }),
});

const DOT_INSIDE = /\.(?=[\p{L}\p{N}])/u;

/** Latin letters of the 7-bit alphabet of text messages (3GPP TS 23.038), one place each, and what stands in names. */
const IN_NAMES = "A-Za-zÄÖÜäöüßÅåÆæØøÑñÉéèàìòùÇ0-9 .&'-";
const SENDER_NAME = new RegExp(`^(?! )[${IN_NAMES}]{1,20}(?<! )$`);

/** An application's own settings; what is absent comes from `defaults` of the configuration file, then from DEFAULTS. */
export const settingsSchema = z
  .strictObject({
    plan: planSchema.optional(),
    policy: policySchema.optional().meta({ description: 'How verifications behave.' }),
    countries: countrySettingsSchema.optional(),
    spend: spendSettingsSchema.optional(),
    fraud: fraudSettingsSchema.optional(),
    /** Phones make a link of `a.b`. */
    senderName: z
      .string()
      .regex(SENDER_NAME, {
        error: "is 1 to 20 letters of the 7-bit alphabet (ä and é, not ś), digits, spaces inside, and . - & '",
      })
      .refine((name) => !DOT_INSIDE.test(name), { error: 'looks like a link' })
      .optional()
      .meta({ description: 'What messages call you. Absent: the application’s name.' }),
    defaultCountry: z
      .string()
      .refine(isCountry, { error: 'is not a country code like DE' })
      .optional()
      .meta({ description: 'Whose national spellings of phone numbers are understood.', example: 'DE' }),
    locale: z
      .string()
      .regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: 'is not a locale like de or de-AT' })
      .optional()
      .meta({ description: 'Of messages whose start names none.', example: 'de-AT' }),
    templates: templateSettingsSchema.optional(),
    senders: senderSettingsSchema.optional(),
    voice: voiceSettingsSchema.optional().meta({ description: 'How calls go.' }),
    factors: factorSettingsSchema.optional().meta({ description: 'Authenticators.' }),
  })
  .meta({ id: 'ApplicationSettings' });

export type Settings = z.output<typeof settingsSchema>;

export type Defaults = Pick<Settings, 'plan' | 'policy' | 'countries' | 'spend' | 'voice' | 'factors'>;

type GivenPolicy = z.output<typeof policySchema>;
type Policy = { [Name in keyof GivenPolicy]-?: NonNullable<GivenPolicy[Name]> } & {
  reportTimeoutSeconds: ReportTimeouts;
};

/** Settings with every gap filled. */
export interface EffectiveSettings {
  plan: z.output<typeof planSchema>;
  policy: Policy;
  countries: AllowedCountries;
  /** Null: its messages may cost anything. */
  spend: SpendSettings | null;
  fraud: DetectorSettings;
  senderName: string;
  /** The application's own name, as it can be said in messages. */
  applicationName: string;
  defaultCountry: string | undefined;
  locale: string;
  templates: NonNullable<Settings['templates']>;
  senders: NonNullable<Settings['senders']>;
  voice: { keyPress: boolean };
  factors: EffectiveFactors;
}

const DEFAULT_POLICY = {
  ...{ codeLength: 6, ttlSeconds: 300, maxAttempts: 5, maxSends: 5, reportTimeoutSeconds: 60 },
  tryOtherProviderOnFailure: false,
};

/** An application's settings over the file's defaults over the built-in ones. */
export function effectiveSettings(name: string, settings: Settings, defaults: Defaults): EffectiveSettings {
  return {
    plan: settings.plan ?? defaults.plan ?? [...CHANNELS],
    policy: effectivePolicy(settings.policy, defaults.policy),
    countries: effectiveCountries(settings.countries, defaults.countries),
    spend: settings.spend ?? defaults.spend ?? null,
    fraud: effectiveDetectors(settings.fraud),
    senderName: settings.senderName ?? sayable(name),
    applicationName: sayable(name),
    defaultCountry: settings.defaultCountry,
    locale: settings.locale ?? 'en',
    templates: settings.templates ?? {},
    senders: settings.senders ?? {},
    voice: effectiveVoice(settings.voice, defaults.voice),
    factors: effectiveFactors(settings.senderName ?? name, settings.factors, defaults.factors),
  };
}

const OUTSIDE = new RegExp(`[^${IN_NAMES}]`, 'gu');
const withoutMarks = (letter: string) => letter.normalize('NFD').replace(OUTSIDE, '');

function sayable(applicationName: string): string {
  const sendable = applicationName.normalize('NFC').replace(OUTSIDE, withoutMarks);
  return sendable.replaceAll(new RegExp(DOT_INSIDE, 'gu'), ' ').slice(0, 20).trim() || 'Einmal';
}

function effectivePolicy(own: GivenPolicy = {}, defaults: GivenPolicy = {}): Policy {
  const ofDefaults = timeoutsOver(DEFAULT_POLICY.reportTimeoutSeconds, defaults.reportTimeoutSeconds);
  const reportTimeoutSeconds = timeoutsOver(ofDefaults, own.reportTimeoutSeconds);
  return { ...DEFAULT_POLICY, ...given(defaults), ...given(own), reportTimeoutSeconds };
}

/** The members that have a value: an explicit `undefined` must not erase a default. */
function given(policy: GivenPolicy): Partial<Policy> {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
}
