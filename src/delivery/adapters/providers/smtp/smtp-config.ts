import { z } from 'zod';
import { parseEmail } from '../../../../shared/email-address.js';
import { commonOptions } from '../options/common-options.js';
import { errorsOption } from '../outcomes/error-map.js';
import { statusesOption } from '../outcomes/status-map.js';
import { MARK_CHARACTERS } from './bounce-mark.js';

/** Octets of a mailbox before its `@` (RFC 5321, 4.5.3.1.1). */
const LOCAL_PART = 64;
const ROOM_FOR_NAME = LOCAL_PART - MARK_CHARACTERS - 1;

const sender = z.string().transform((text, context) => {
  const [, name = '', address = text] = /^([^<>"\p{Cc}]{0,64})<([^<>]+)>$/u.exec(text) ?? [];
  const mailbox = parseEmail(address.trim());
  if (mailbox) return { name: name.trim(), address: mailbox.value };
  context.addIssue('must be one mailbox, or like Shop <login@shop.example>');
  return z.NEVER;
});

const bounceMailbox = z.string().transform((text, context) => {
  const mailbox = parseEmail(text);
  if (mailbox && mailbox.value.indexOf('@') <= ROOM_FOR_NAME) return mailbox.value;
  context.addIssue(`must be one mailbox with at most ${String(ROOM_FOR_NAME)} characters before its @`);
  return z.NEVER;
});

const bounces = z
  .strictObject({
    address: bounceMailbox.meta({
      description: `Envelope sender of every message, with a mark of its own: \`bounces@shop.example\` sends as \`bounces+{mark}@shop.example\`. At most ${String(ROOM_FOR_NAME)} characters before the @`,
    }),
    delimiter: z
      .enum(['+', '-'])
      .default('+')
      .meta({ description: 'What the mail server takes for the beginning of an address extension' }),
  })
  .meta({ description: 'Where bounces go. Without it, to `from`' });

export const smtpSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('smtp'),
  channel: z.literal('email'),
  host: z.string().min(1).meta({ description: 'The mail server that takes messages for everybody' }),
  port: z.int().min(1).max(65_535).meta({ description: '587 or 465 as a rule, 25 for a relay of your own' }),
  secure: z.boolean().optional().meta({
    description:
      'TLS from the first byte; without it where the port is 465. Otherwise STARTTLS, where the server offers it or a password is to be sent',
  }),
  username: z.string().min(1).optional().meta({ description: 'Of the account. Never sent in the clear' }),
  password: z.string().min(1).optional().meta({ description: 'Its password' }),
  from: sender.meta({ description: 'Whom messages come from: `Shop <login@shop.example>`' }),
  bounces: bounces.optional(),
  confirm: z
    .boolean()
    .default(false)
    .meta({ description: 'Asks for notice of success, too (RFC 3461), where the mail server gives it' }),
  statuses: statusesOption,
  errors: errorsOption,
});
export type SmtpConfig = z.output<typeof smtpSchema>;
