import { z } from 'zod';
import { label, line } from '../../platform/http/text-fields.js';
import { CODE_CHANNELS } from '../../shared/channel.js';

export const purposeSchema = label(64).meta({ description: 'What the code is for; the check must name it too' });
export const subjectSchema = label(200).meta({ description: 'Your name for the person; the check must name it too' });
export const bindingSchema = z
  .strictObject({ amount: label(40), payee: label(140) })
  .meta({ description: 'The payment that is confirmed (PSD2 dynamic linking); the check must name it too' });

const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

export const endUserSchema = z
  .strictObject({
    ip: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IPv4 or IPv6 address' }).optional(),
    userAgent: label(500).optional(),
    deviceId: label(200).optional(),
  })
  .meta({ description: 'Who is asking you. Limits per address work only where `ip` is given' });

const MOST_LIMIT_KEYS = 5;

export const limitKeysSchema = z
  .record(z.string().regex(/^[a-z][A-Za-z0-9_-]{0,31}$/), label(200))
  .refine((keys) => Object.keys(keys).length <= MOST_LIMIT_KEYS, { error: 'may have at most 5 members' })
  .refine((keys) => !Object.keys(keys).some((key) => POLLUTING.has(key)), { error: 'has a name that is not allowed' })
  .meta({ description: 'Things of your own that rules count by: `custom:session` counts by `limitKeys.session`' });

const addressesSchema = z.strictObject(
  {
    phone: z.string().min(1).max(60).optional().meta({ description: 'Any usual spelling; best E.164' }),
    email: z.string().min(3).max(254).optional(),
  },
  { error: ({ code }) => (code === 'invalid_type' ? 'must be like { "phone": "+4915112345678" }' : undefined) },
);

const hasAddress = ({ phone, email }: z.output<typeof addressesSchema>) => phone !== undefined || email !== undefined;

export const recipientSchema = addressesSchema
  .refine(hasAddress, { error: 'needs a phone or an email' })
  .meta({ id: 'Recipient', example: { phone: '+4915112345678', email: 'ada@example.org' } });

const metadataSchema = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/), line(200))
  .refine((metadata) => Object.keys(metadata).length <= 20, { error: 'may have at most 20 members' })
  .refine((metadata) => !Object.keys(metadata).some((key) => POLLUTING.has(key)), {
    error: 'has a name that is not allowed',
  });

export const startSchema = z
  .strictObject({
    to: addressesSchema.optional().meta({
      description: 'Where messages go. May be empty or absent where there is a `subject` that has a factor',
    }),
    channels: z
      .array(z.enum(CODE_CHANNELS))
      .min(1)
      .max(CODE_CHANNELS.length)
      .refine((channels) => new Set(channels).size === channels.length, { error: 'names a channel twice' })
      .optional()
      .meta({
        description:
          "In order of preference; absent: the application's plan, and every factor of the subject. Where the first is a factor, " +
          'nothing is sent before a message is asked for. One of a factor that the subject has not, or with a `binding`, is left out',
      }),
    purpose: purposeSchema.optional(),
    locale: z
      .string()
      .regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: 'must look like en or de-AT' })
      .optional()
      .meta({ description: 'Of the message; absent: the application’s' }),
    subject: subjectSchema.optional(),
    codeLength: z.int().min(6).max(10).optional(),
    ttlSeconds: z.int().min(10).max(600).optional(),
    template: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,31}$/, { error: 'must be the name of a template' })
      .optional()
      .meta({ description: "One of the application's; absent: `default`, of its own or built in" }),
    endUser: endUserSchema.optional(),
    limitKeys: limitKeysSchema.optional(),
    binding: bindingSchema.optional(),
    webOtpOrigin: z
      .hostname()
      .max(50)
      .optional()
      .meta({ description: 'Domain of the page that may fill the code in by itself (WebOTP)' }),
    androidAppHash: z
      .string()
      .regex(/^[A-Za-z0-9+/]{11}$/, { error: 'must be the 11-character hash of the app' })
      .optional()
      .meta({ description: 'Lets the Android app with this hash read the SMS (SMS Retriever)' }),
    metadata: metadataSchema.optional().meta({ description: 'Up to 20 texts of yours, given back on reading' }),
  })
  .refine(({ to, subject }) => subject !== undefined || (to !== undefined && hasAddress(to)), {
    path: ['to'],
    error:
      'must be like { "phone": "+4915112345678" }; absent or empty only where there is a subject that has a factor',
  })
  .meta({
    id: 'StartVerification',
    example: {
      to: { phone: '+4915112345678', email: 'ada@example.org' },
      purpose: 'login',
      endUser: { ip: '203.0.113.7' },
    },
  });

export type StartBody = z.output<typeof startSchema>;
