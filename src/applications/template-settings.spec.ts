import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureSms } from '../delivery/domain/sms-text.js';
import { messageText } from '../verification/domain/message-text.js';
import { settingsSchema } from './settings.js';
import { templateSettingsSchema } from './template-settings.js';

/** What is told to whoever saves it; nothing where it may be saved. */
function problemsOf(template: object, name = 'default'): string[] {
  const { error } = templateSettingsSchema.safeParse({ [name]: template });
  return error?.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`) ?? [];
}
const sms = (text: string, more: object = {}) => ({ ...more, sms: { de: text } });
const email = (more: object) => ({ email: { de: { subject: 'Ihr {sender}-Code', text: 'Code: {code}', ...more } } });
const PAYMENT = '{code}: {amount} an {payee}';

const LINK = 'holds a link, or what is taken for one (a letter right behind a dot), and a message with a code has none';

const REFERENCE = 'holds an & that is none of &amp; &lt; &gt; &quot; &#39; &nbsp;: other signs are written as they are';

describe('R62 a template', () => {
  it.each([
    sms('{code} ist Ihr {sender}-Code für {minutes} min. €'),
    sms('Код: {code}'),
    sms('G-{code}\n\n{sender}'),
    sms('Ihr „{sender}“-Code ist {code}. Er gilt noch {minutes} Minuten lang.', { maxSegments: 2 }),
    { locale: 'de', sms: { de: PAYMENT, 'de-AT': PAYMENT }, email: { de: { subject: '{amount}', text: PAYMENT } } },
    email({ html: '<p style="color: red">Code:<br/>\n<b>{code}</b>&nbsp;</p>' }),
    email({
      text: '{code}. Fragen? help@shop.example',
      html: '<p style="line-height:1.5em">{code}.</p><p>An a.b@c.de, A &amp; B&#39;s, &lt;<b>b.</b> c&gt;</p>',
    }),
    sms('{code}. Nr. 5, 1.50 € z. B.'),
    sms('验证码是：{code}。请勿告知他人。{sender} 客服不会向您索要。'),
    sms('{code} رمزك في {sender}. صالح {minutes} د.'),
    {},
  ])('may be %j', (template) => {
    expect(problemsOf(template)).toEqual([]);
  });

  it.each([
    [sms('Ihr Code'), 'sms.de: names {code} nowhere; it must once'],
    [sms('{code} {code}'), 'sms.de: names {code} more than once; it must once'],
    [
      sms('{code} {name}'),
      'sms.de: names {name}; there are {code}, {sender}, {application}, {minutes}, {purpose}, {amount} and {payee}',
    ],
    [
      sms('{code} {constructor}'),
      'sms.de: names {constructor}; there are {code}, {sender}, {application}, {minutes}, {purpose}, {amount} and {payee}',
    ],
    [sms('{code} {'), 'sms.de: has a brace that names nothing'],
    [sms('{{code}}'), 'sms.de: has a brace that names nothing'],
    [sms('{code}{minutes}'), 'sms.de: needs a space or a sign on both sides of {code}, so that phones find it'],
    [sms('4{code}'), 'sms.de: needs a space or a sign on both sides of {code}, so that phones find it'],
    [sms('{code}\r\n'), 'sms.de: must not hold control characters'],
    [sms('{code} \u202e'), 'sms.de: must not hold control characters'],
    [sms('{code} '), 'sms.de: must not have spaces around it'],
    [{ sms: { german: '{code}' } }, 'sms.german: is not a locale like de or de-AT'],
    [{ voice: { de: '{code}\n{sender}' } }, 'voice.de: must be one line'],
    [{ voice: { de: 'Ihr Code' } }, 'voice.de: names {code} nowhere; it must once'],
    [{ locale: 'en', ...sms('{code}') }, ': has no words for sms in its own locale, en'],
    [email({ subject: '{code}' }), 'email.de.subject: names {code}; a subject may name all but the code'],
    [email({ subject: 'Ihr\nCode' }), 'email.de.subject: must be one line'],
    [sms('{code}, see shop.example'), `sms.de: ${LINK}`],
    [sms('{code} https://x'), `sms.de: ${LINK}`],
    [sms('{code} evil。example'), `sms.de: ${LINK}`],
    [sms('{code} {sender}.de'), `sms.de: ${LINK}`],
    [{ voice: { de: '{code} www.shop.example' } }, `voice.de: ${LINK}`],
    [email({ subject: 'shop.example' }), `email.de.subject: ${LINK}`],
    [email({ text: '{code} https://a@shop.example' }), `email.de.text: ${LINK}`],
    [email({ text: '{code} <https://shop.example>' }), `email.de.text: ${LINK}`],
    [email({ html: '<p>Code</p>' }), 'email.de.html: names {code} nowhere; it must once'],
  ])('may not be %j', (template, problem) => {
    expect(problemsOf(template)).toEqual([problem]);
  });

  it.each(['shop<b>x</b>.example', 'evil<b>.</b>com', 'ev<i>il.</i><span dir="ltr">com</span>', 'a@<b>evil.com</b>'])(
    'has no link whose pieces are in tags: %s',
    (words) => {
      expect(problemsOf(email({ html: `<p>{code} ${words}</p>` }))).toEqual([`email.de.html: ${LINK}`]);
    },
  );

  it.each(['evil&#46;com', 'https&colon;//evil', 'evil&period;com', '&#8238;moc', '&#x2e;', '&nbsp', 'A & B', '&AMP;'])(
    'has no sign in disguise: %s',
    (words) => {
      expect(problemsOf(email({ html: `<p>{code} ${words}</p>` }))).toEqual([`email.de.html: ${REFERENCE}`]);
    },
  );

  it('is refused with the locale, the encoding, the length and the limit when it is too long', () => {
    expect(problemsOf(sms(`{code} {sender} {minutes} ${'x'.repeat(125)}`))).toEqual([
      'sms.de: with the longest values 161 characters in gsm7; maxSegments 1 has room for 160',
    ]);
    expect(problemsOf(sms(`{code} {sender} „${'x'.repeat(40)}“`))).toEqual([
      'sms.de: with the longest values 74 characters in ucs2 (for „“); maxSegments 1 has room for 70',
    ]);
    expect(problemsOf(sms(`{code} ${'x'.repeat(300)}`, { maxSegments: 2 }))).toEqual([
      'sms.de: with the longest values 311 characters in gsm7; maxSegments 2 has room for 306',
    ]);
    expect(problemsOf(sms('{code}', { maxSegments: 4 }))).toHaveLength(1);
  });

  it.each([
    ['needs a language for everybody', sms(PAYMENT)],
    ['tells amount and payee', sms('{code}: {amount}', { locale: 'de' })],
    ['tells them in every language', { locale: 'de', sms: { de: PAYMENT, en: 'Code: {code}' } }],
    ['tells them in calls', { locale: 'de', sms: { de: PAYMENT }, voice: { de: '{code}' } }],
    ['tells them over every channel', { locale: 'de', sms: { de: PAYMENT }, ...email({}) }],
    [
      'tells them in HTML, too',
      { locale: 'de', email: { de: { subject: 'x', text: PAYMENT, html: '<p>{code}</p>' } } },
    ],
    ['tells them not in the subject alone', { ...email({ subject: '{amount} {payee}' }), locale: 'de' }],
  ])('that tells a payment %s', (_, template) => {
    expect(problemsOf(template)).toEqual([expect.stringContaining('names a payment')]);
  });

  it.each([
    '<script>{code}</script>',
    '<p onclick="x">{code}</p>',
    '<a href="https://evil.example">{code}</a>',
    '<img src="x">{code}',
    '<p style="background:url(x)">{code}</p>',
    '<p style="background:url (x)">{code}</p>',
    `<p style="background:url('//evil.example')">{code}</p>`,
    '<p style="\\75rl(x)">{code}</p>',
    '<style>p { color: red }</style>{code}',
    '<!-- x -->{code}',
    '<p>{code}</p',
    '<p\n>{code} <',
    '<svg/onload=x>{code}',
  ])('has no HTML that runs, loads or leads away: %s', (html) => {
    expect(problemsOf(email({ html }))).toHaveLength(1);
  });

  it('has a name', () => {
    expect(problemsOf({}, 'payment-2')).toEqual([]);
    for (const name of ['Payment', '', 'a'.repeat(33), '2', 'a b']) expect(problemsOf({}, name)).toHaveLength(1);
  });
});

it('the settings that the documentation shows may be saved', () => {
  const page = readFileSync(new URL('../../docs/templates.md', import.meta.url), 'utf8');
  const shown = Array.from(
    page.matchAll(/```json\n(\{ ?\s*"(?:templates|senders)"[^`]+)```/g),
    ([, json = '']) => json,
  );
  expect(shown).toHaveLength(2);
  for (const json of shown) expect(settingsSchema.safeParse(JSON.parse(json)).error).toBeUndefined();
});

/** Pieces of which templates are made: letters of both alphabets, signs that take two places, what is put in, and trouble. */
const piece = fc.oneof(
  fc.constantFrom(
    '{code}',
    ' {code} ',
    '{sender}',
    '{minutes}',
    ' ',
    '\n',
    '€',
    '[',
    'ß',
    'ş',
    'Ж',
    '🔑',
    '„',
    '{',
    '}',
  ),
  fc.string({ maxLength: 60 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => ['{code} ', ...pieces].join('').trim());

it('R62 a template that was saved stays within its segments, whatever code, sender and minutes are put in', () => {
  let saved = 0;
  fc.assert(
    fc.property(
      ...[text, fc.integer({ min: 1, max: 3 })],
      fc.record({
        code: fc.stringMatching(/^\d{6,10}$/),
        sender: fc.stringMatching(/^[A-Za-zÄß0-9]([A-Za-zéüÇ0-9 &'-]{0,18}[A-Za-z0-9])?$/),
        validForSeconds: fc.integer({ min: 1, max: 600 }),
      }),
      (words, maxSegments, values) => {
        const template = sms(words, { maxSegments });
        if (problemsOf(template).length > 0) return;
        saved += 1;
        const message = messageText('sms', { ...values, application: 'Shop', locale: 'de' }, template);
        expect(measureSms(message.text).segments).toBeLessThanOrEqual(maxSegments);
        expect(message.text).toContain(values.code);
      },
    ),
    { numRuns: 300 },
  );
  expect(saved).toBeGreaterThan(30);
});
