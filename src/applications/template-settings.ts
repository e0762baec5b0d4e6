import { z } from 'zod';
import { namesIn, namingProblem, PLACEHOLDERS } from '../verification/domain/template-text.js';
import { byLocale, localeSchema } from './by-locale.js';
import { namedKeys } from './named-keys.js';
import { htmlProblem } from './template-html.js';
import { htmlLinkProblem, linkProblem, mailLinkProblem } from './template-link.js';
import { purposeProblem, purposesSchema, wordsForPurpose } from './template-purposes.js';
import { reachProblem } from './template-reach.js';
import { sizeProblem } from './template-size.js';

/** What nobody sees and what turns the direction of what is read: control characters but `\n`, half surrogates, bidi marks. */
const HIDDEN = /[^\P{Cc}\n]|[\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

function lineProblem(text: string): string | null {
  if (HIDDEN.test(text)) return 'must not hold control characters';
  return text.trim() === text ? null : 'must not have spaces around it';
}

const refined = (max: number, problemOf: (text: string) => string | null) =>
  z
    .string()
    .min(1)
    .max(max)
    .superRefine((text, context) => {
      const problem = lineProblem(text) ?? problemOf(text);
      if (problem !== null) context.addIssue(problem);
    });

const wordsProblem = (text: string) => namingProblem(text) ?? linkProblem(text);

/** Mail servers log subjects, and bounces quote them: no place for a code. */
const subject = refined(120, (text) => {
  const wrong = namesIn(text).find((name) => name === 'code' || !PLACEHOLDERS.some((known) => known === name));
  if (wrong !== undefined) return `names {${wrong.slice(0, 20)}}; a subject may name all but the code`;
  return text.includes('\n') ? 'must be one line' : mailLinkProblem(text);
});

const emailSchema = z.strictObject({
  subject,
  text: refined(2_000, (text) => namingProblem(text) ?? mailLinkProblem(text)),
  html: refined(4_000, (text) => namingProblem(text) ?? htmlProblem(text) ?? htmlLinkProblem(text))
    .optional()
    .meta({ description: 'What stands in the body, without links and pictures. Absent: made of the text' }),
});

/** What an application's messages of one kind say. */
export const templateSchema = z
  .strictObject({
    locale: localeSchema
      .optional()
      .meta({ description: 'The one of its own for people whose language it has not. Absent: built-in words' }),
    maxSegments: z
      .int()
      .min(1)
      .max(3)
      .optional()
      .meta({
        description:
          'How many messages the network may make, and charge, of an SMS. Absent: 1, which has room for 160 characters of the ' +
          '7-bit alphabet, or for 70 if one of them is outside of it',
      }),
    sms: byLocale(refined(480, wordsProblem))
      .optional()
      .meta({
        description: 'Text messages, by locale. Refused when one may take more than `maxSegments`',
        example: { en: '{code} is your {sender} code, for {minutes} min.' },
      }),
    voice: byLocale(refined(300, (text) => (text.includes('\n') ? 'must be one line' : wordsProblem(text))))
      .optional()
      .meta({
        description: 'Calls, by locale: said twice, the code digit by digit',
        example: { en: 'Your {sender} code is {code}.' },
      }),
    email: byLocale(emailSchema).optional().meta({ description: 'Mails, by locale. A subject never names the code' }),
    purposes: purposesSchema.optional(),
  })
  .superRefine((template, context) => {
    for (const [of, text] of Object.entries(template.sms ?? {})) {
      const problem = sizeProblem(text, template.maxSegments ?? 1, wordsForPurpose(template, of));
      if (problem !== null) context.addIssue({ code: 'custom', path: ['sms', of], message: problem });
    }
    const problem = reachProblem(template) ?? purposeProblem(template);
    if (problem !== null) context.addIssue(problem);
  })
  .meta({
    id: 'Template',
    description:
      'What messages say, by channel and locale. A text names {code} once, and may name {sender}, {application}, {minutes}; ' +
      'the {purpose}, in words of `purposes`; and the {amount} and the {payee} of the binding. A start without them is refused then',
  });

/** What an application's messages say. A text that could not be sent as it is meant is refused here, when it is saved. */
export const templateSettingsSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/), templateSchema, namedKeys('is not a name like payment-2'))
  .refine((all) => Object.keys(all).length <= 20, { error: 'may have at most 20 members' })
  .meta({ description: 'By name; a start names one, or takes `default`' });
