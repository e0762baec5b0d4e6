import { z } from 'zod';
import { localeSchema } from '../../applications/by-locale.js';
import { templateSchema } from '../../applications/template-settings.js';
import { CHANNELS } from '../../shared/channel.js';
import { startSchema } from './start.schema.js';

const { template, purpose, binding, webOtpOrigin, androidAppHash } = startSchema.shape;

const different = (names: readonly string[]) => new Set(names).size === names.length;

export const previewOrderSchema = z
  .strictObject({
    template: template.meta({ description: "One of the application's; absent: `draft`, else `default`" }),
    draft: templateSchema.optional().meta({ description: 'One that is not saved; held to what a save holds it to' }),
    channels: z
      .array(z.enum(CHANNELS))
      .min(1)
      .refine(different, { error: 'names a channel twice' })
      .optional()
      .meta({ description: 'Absent: all' }),
    locales: z
      .array(localeSchema)
      .min(1)
      .max(10)
      .refine(different, { error: 'names a locale twice' })
      .optional()
      .meta({ description: 'Of people who would be written to; absent: the application’s' }),
    purpose: purpose.meta({ description: 'Absent: the first that the template has words for' }),
    binding: binding.meta({ description: 'The payment that is told; absent: a sample' }),
    webOtpOrigin,
    androidAppHash,
  })
  .refine(({ template: name, draft }) => name === undefined || draft === undefined, {
    error: 'names a template and has a draft; one of them',
    path: ['draft'],
  })
  .meta({
    id: 'TextPreviewOrder',
    example: { draft: { sms: { de: '{code} ist Ihr Code bei {sender}.' } }, locales: ['de-AT'], channels: ['sms'] },
  });
export type PreviewOrderBody = z.output<typeof previewOrderSchema>;

const shownSchema = z
  .strictObject({
    locale: z.string().meta({ description: 'That the words are really in.' }),
    text: z.string().meta({ description: 'With a code that is nobody’s.' }),
    subject: z.string().optional(),
    html: z.string().optional(),
    speech: z
      .array(z.union([z.string(), z.strictObject({ digits: z.string() })]))
      .optional()
      .meta({ description: 'What a call says: words as they are, digits one by one with a pause between them.' }),
    encoding: z
      .enum(['gsm7', 'ucs2'])
      .optional()
      .meta({ description: 'Of a text message: 7 bits a character, or 16.' }),
    segments: z.int().optional().meta({ description: 'How many messages the network makes of it, and charges.' }),
    charactersLeft: z.int().optional().meta({ description: 'Until it is one message more.' }),
  })
  .meta({ id: 'ShownMessage' });

export const previewSchema = z
  .strictObject({
    maxSegments: z.int().meta({ description: 'Of how many messages an SMS of this template may consist.' }),
    tellsPayment: z.boolean().meta({ description: 'Whether a start with it needs a `binding`.' }),
    purposes: z.array(z.string()).meta({ description: 'One of which a start must name; empty where it need not.' }),
    previews: z.array(
      z.strictObject({
        channel: z.enum(CHANNELS),
        locale: z.string().meta({ description: 'That was asked for.' }),
        words: z.enum(['template', 'built-in']).meta({ description: 'Whose words they are.' }),
        keyQuestion: z.string().optional().meta({ description: 'What a call says before its key is pressed.' }),
        typical: shownSchema.meta({ description: 'Of an ordinary start.' }),
        longest: shownSchema.meta({ description: 'With the longest values, as a save measures it.' }),
      }),
    ),
  })
  .meta({ id: 'TextPreview' });
export type PreviewBody = z.output<typeof previewSchema>;
