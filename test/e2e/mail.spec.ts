import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceivedMail } from '../support/mail-server.js';
import { bounceFor } from '../support/bounces.js';
import { call } from '../support/http-client.js';
import { newPhone } from '../support/login.js';
import { newAddress, openRealCarriers, storyOf, type RealCarriers } from '../support/real-carriers.js';

/** A code by e-mail, through a real SMTP server. */
let carriers: RealCarriers;

beforeAll(async () => {
  carriers = await openRealCarriers();
});
afterAll(() => carriers.close());

const BY_MAIL = { channels: ['email'] };

async function mailFor(email: string): Promise<ReceivedMail> {
  const id = await carriers.start({ email }, BY_MAIL);
  await carriers.until(id, ['email sent']);
  const [mail, ...others] = carriers.peers.mail.messages().filter(({ to }) => to.includes(email.toLowerCase()));
  expect(others).toEqual([]);
  if (!mail) throw new Error('No mail has come.');
  return mail;
}

/** A message's headers by name in lower case. */
function headersOf({ raw }: ReceivedMail): Map<string, string> {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = lines.map((line) => /^([\w-]+): (.*)$/.exec(line)?.slice(1) as [string, string]);
  return new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

/** First, because later the service has connections that the server has welcomed already. */
it('a mail server that welcomes nobody is followed by a call; when it serves again, mails go out again', async () => {
  carriers.peers.mail.refuse();
  const to = { email: newAddress('ada'), phone: newPhone() };
  const id = await carriers.start(to, { channels: ['email', 'voice'] });
  const verification = await carriers.until(id, ['email failed', 'voice delivered']);
  expect(storyOf(verification).filter((entry) => entry === 'submit unreachable: 421 4.3.2')).toHaveLength(2);
  carriers.peers.mail.refuse(false);
  await mailFor(newAddress('ada'));
});

describe('a code by e-mail', () => {
  it('arrives as one mail, and approves', async () => {
    const to = { email: newAddress('ada') };
    const id = await carriers.start(to, BY_MAIL);
    await carriers.until(id, ['email sent']);
    expect(carriers.mailsTo(to)).toHaveLength(1);
    const code = await carriers.codeBy('email', id, to);
    expect((await carriers.check(id, code)).body).toMatchObject({ status: 'approved', channel: 'email' });
  });

  it('comes from whom the configuration says, to the one address, and says what it is', async () => {
    const email = newAddress('ada');
    const mail = await mailFor(email);
    expect(mail.to).toEqual([email]);
    expect(mail.from).toMatch(/^bounces\+[0-9a-z]{50}@shop\.example$/);
    const headers = headersOf(mail);
    expect(headers.get('from')).toBe('Shop <login@shop.example>');
    expect(headers.get('to')).toBe(email);
    expect(headers.get('subject')).toBe('Your shop code');
    expect(headers.get('content-type')).toMatch(/^multipart\/alternative;/);
    expect(headers.get('message-id')).toMatch(/^<att_[\w-]{22}\.[\w-]{22}@shop\.example>$/);
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('en');
    expect(headers.get('date')).toBeTruthy();
    for (const name of ['cc', 'bcc', 'reply-to', 'x-mailer', 'sender']) expect(headers.has(name)).toBe(false);
    const { text = '', attachments } = await PostalMime.parse(mail.raw);
    expect(text.trim()).toMatch(/^\d{10} is your shop code\. It is valid for 5 min\. Do not share it\.$/);
    expect(attachments).toEqual([]);
    expect([...headers.values()].join()).not.toMatch(/\b\d{10}\b/);
  });

  it('says the same in HTML, which fetches nothing and runs nothing', async () => {
    const { text = '', html = '' } = await PostalMime.parse((await mailFor(newAddress('ada'))).raw);
    const [code = ''] = /\d{10}/.exec(text) ?? [];
    expect(html).toContain(code);
    expect(html).not.toMatch(
      /\b(src|srcset|background|href)\s*=|url\(|@import|<(script|link|iframe|object|embed|form)\b|\son\w+=/i,
    );
  });

  it('asks to be told when it could not be delivered, under the attempt (RFC 3461)', async () => {
    const mail = await mailFor(newAddress('ada'));
    expect(mail.notify).toEqual(['FAILURE', 'DELAY']);
    expect(headersOf(mail).get('message-id')).toContain(mail.envelopeId);
  });

  it('is written in the language that was asked for', async () => {
    const to = { email: newAddress('ada') };
    const id = await carriers.start(to, { ...BY_MAIL, locale: 'de-AT' });
    await carriers.until(id, ['email sent']);
    const mail = carriers.peers.mail.messages().find((message) => message.to.includes(to.email));
    expect(mail && headersOf(mail).get('subject')).toBe('Ihr shop-Code');
    expect(mail?.raw).toMatch(/\d{10} ist Ihr shop-Code/);
  });

  it('R61 goes to the canonical spelling of the address, which is the one that is stored', async () => {
    const local = newAddress('Ada.Lovelace').split('@')[0] ?? '';
    const id = await carriers.start({ email: `${local}@BÜCHER.example` }, BY_MAIL);
    await carriers.until(id, ['email sent']);
    const mail = carriers.peers.mail.messages().find(({ to: [first = ''] }) => first.startsWith(local.toLowerCase()));
    expect(mail && headersOf(mail).get('to')).toBe(`${local.toLowerCase()}@xn--bcher-kva.example`);
  });
});

describe('a mail server that refuses', () => {
  it.each([
    ['the mailbox for good', 'hard', ['submit rejected: 550 5.1.1'], 'bounced'],
    ['the mail as spam', 'spam', ['submit rejected: 550 5.7.1'], 'blocked'],
    ['the content, after it was sent', 'data', ['submit rejected: 554 5.6.0'], 'bounced'],
    ['the mailbox for now', 'soft', ['submit throttled: 451 4.2.1', 'submit throttled: 451 4.2.1'], 'provider'],
    ['a mailbox that is full', 'full', ['submit throttled: 452 4.2.2', 'submit throttled: 452 4.2.2'], 'provider'],
  ])('%s: the timeline says so, and a call follows whose code approves', async (_, beginning, submits, cause) => {
    const to = { email: newAddress(beginning), phone: newPhone() };
    const id = await carriers.start(to, { channels: ['email', 'voice'] });
    const verification = await carriers.until(id, ['email failed', 'voice delivered']);
    const story = storyOf(verification);
    expect(story.filter((entry) => entry.startsWith('submit '))).toEqual([...submits, 'submit accepted']);
    expect(story).toEqual(expect.arrayContaining([`failed: cause ${cause}`, `queued: email failed: ${cause}`]));
    expect(JSON.stringify(verification)).not.toMatch(/No such user|unavailable|rejected as spam/);
    const code = await carriers.codeBy('voice', id, to);
    expect((await carriers.check(id, code)).status).toBe(200);
  });
});

describe('a mail that was taken and comes back', () => {
  /** Where the mail server's pipe brings it. */
  const post = (bounce: string) =>
    call('POST', `${carriers.service().url}/v1/reports/mail`, {
      ...{ body: bounce, headers: { 'content-type': 'message/rfc822' } },
    });

  async function sentMail() {
    const to = { email: newAddress('ada'), phone: newPhone() };
    const id = await carriers.start(to, { channels: ['email', 'voice'] });
    await carriers.until(id, ['email sent']);
    const mail = carriers.peers.mail.messages().find((message) => message.to.includes(to.email));
    if (!mail) throw new Error('No mail has come.');
    return { to, id, envelope: { sender: mail.from, name: mail.envelopeId ?? '' } };
  }

  it.each([
    ['postfix-dsn-hard1', 'failed 550 5.1.1'],
    ['exim-dsn-full2', 'failed 452 4.2.2'],
  ])('%s: the timeline says so, and a call follows at once whose code approves', async (sample, detail) => {
    const { to, id, envelope } = await sentMail();
    expect((await post(bounceFor(sample, envelope))).status).toBe(200);
    const verification = await carriers.until(id, ['email failed', 'voice delivered']);
    expect(storyOf(verification)).toEqual(expect.arrayContaining(['queued: email failed: bounced']));
    expect(JSON.stringify(verification)).toContain(detail);
    expect(JSON.stringify(verification)).not.toMatch(/No such user|Mailbox full/);
    const code = await carriers.codeBy('voice', id, to);
    expect((await carriers.check(id, code)).status).toBe(200);
  });

  it('R31 and one that is forged changes nothing', async () => {
    const { id, envelope } = await sentMail();
    const forged = { sender: 'bounces@shop.example', name: envelope.name.split('.')[0] ?? '' };
    expect((await post(bounceFor('postfix-dsn-hard1', forged))).status).toBe(403);
    expect(await carriers.deliveriesOf(id)).toEqual(['email sent']);
  });
});

describe('R61 an address that would say more than where the mail goes', () => {
  it.each([
    'ada@example.org\r\nBcc: eve@example.org',
    'ada@example.org\nSubject: hello',
    'ada@example.org\u0000',
    'ada@example.org, eve@example.org',
    'ada@example.org eve@example.org',
    'ada@example.org;eve@example.org',
    'Ada <ada@example.org>',
    '<ada@example.org>',
    'ada@example.org>',
    '"ada\r\nRCPT TO:<eve@example.org>"@example.org',
    '"eve@example.org"@example.org',
    'ada@example.org@example.com',
    'ada%eve@example.org\t',
    'ada@[127.0.0.1]',
    'ada(eve@example.org)@example.org',
    '@example.org:ada@example.org',
    'ada\u2028@example.org',
    'ada@exa\rmple.org',
  ])('is refused, and nothing is sent: %j', async (email) => {
    const before = carriers.peers.mail.messages().length;
    const { status, body } = await carriers.client.start(carriers.service(), { email }, BY_MAIL);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid-request' });
    expect(carriers.peers.mail.messages()).toHaveLength(before);
  });
});
