import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTGOING_LIMITS } from '../../src/delivery/adapters/outgoing-http.js';
import { smtp } from '../../src/delivery/adapters/providers/smtp/smtp.js';
import type { Provider, SubmitRequest } from '../../src/delivery/application/provider.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { providerContext } from '../support/provider-context.js';
import { freePort } from '../support/servers/free-port.js';

const entry = { type: 'smtp', channel: 'email', host: '127.0.0.1', from: 'The Shop <login@shop.example>' };
const at = (port: number, over: object = {}, limits = OUTGOING_LIMITS): Provider => {
  const config = smtp.schema.parse({ ...entry, port, ...over });
  return smtp.create('mail', config, providerContext({ limits }));
};
/** Long enough for a busy machine to come to where the server stops talking. */
const SHORT = { connectMs: 1_500, totalMs: 1_500 };
const mailTo = (to: string, over: Partial<SubmitRequest> = {}): SubmitRequest => ({
  ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'email', to, text: 'Your code is 012345.\n', locale: 'en' },
  ...{ subject: 'Your code', validForSeconds: 290, reportUrl: 'http://x', reportMac: 'mac' },
  ...over,
});

describe('SMTP as a provider', () => {
  let server: MailServer;
  let provider: Provider;
  beforeAll(async () => {
    server = await startMailServer();
    provider = at(server.port);
  });
  afterAll(async () => {
    await provider.close();
    await server.stop();
  });

  it('hands a mail over and asks for notice of failure and delay', async () => {
    expect(await provider.submit(mailTo('ada@example.org'))).toMatchObject({ kind: 'accepted' });
    const mail = server.messages().at(-1);
    expect(mail).toMatchObject({ from: 'login@shop.example', to: ['ada@example.org'], envelopeId: 'att_1.mac' });
    expect(mail?.notify).toEqual(['FAILURE', 'DELAY']);
    expect(mail?.raw).toMatch(/^From: The Shop <login@shop\.example>\r?$/m);
    expect(mail?.raw).toMatch(/^Message-ID: <att_1\.mac@shop\.example>\r?$/m);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(mail?.raw).toMatch(/^Content-Type: text\/plain/m);
    expect(mail?.raw).toContain('Your code is 012345.');
  });

  it('asks for notice of success, too, where that is wanted', async () => {
    const other = at(server.port, { confirm: true });
    await other.submit(mailTo('ada@example.org'));
    expect(server.messages().at(-1)?.notify).toEqual(['SUCCESS', 'FAILURE', 'DELAY']);
    await other.close();
  });

  it('sends with an envelope sender of its own where bounces have a mailbox; the From stays', async () => {
    const other = at(server.port, { bounces: { address: 'bounces@shop.example' } });
    const attemptId = `att_${Buffer.alloc(16, 7).toString('base64url')}`;
    const reportMac = Buffer.alloc(16, 8).toString('base64url');
    await other.submit(mailTo('ada@example.org', { attemptId, reportMac }));
    const mail = server.messages().at(-1);
    expect(mail?.from).toMatch(/^bounces\+[0-9a-z]{50}@shop\.example$/);
    expect(mail?.envelopeId).toBe(`${attemptId}.${reportMac}`);
    expect(mail?.raw).toMatch(/^From: The Shop <login@shop\.example>\r?$/m);
    expect(mail?.raw).not.toMatch(/^(Return-Path|Sender):/im);
    await other.close();
  });

  it('sends the text, and the same in HTML where there is one, and nothing else', async () => {
    const text = 'Ihr Code für „Möbel & Mehr“ ist 012345.\n';
    const html = '<!doctype html><p>Ihr Code für „Möbel &amp; Mehr“ ist <b>012345</b>.</p>';
    await provider.submit(mailTo('ada@example.org', { text, html }));
    const { raw = '' } = server.messages().at(-1) ?? {};
    expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(raw.match(/^Content-Type: text\/\w+/gm)).toEqual(['Content-Type: text/plain', 'Content-Type: text/html']);
    const read = await PostalMime.parse(raw);
    expect([read.text?.trim(), read.html?.trim(), read.attachments]).toEqual([text.trim(), html, []]);
  });

  it('fetches nothing that the HTML names, and takes no file for it', async () => {
    const html = '<img src="file:///etc/hostname"><img src="http://127.0.0.1:1/x.png"><p>012345</p>';
    expect(await provider.submit(mailTo('ada@example.org', { html }))).toMatchObject({ kind: 'accepted' });
    const read = await PostalMime.parse(server.messages().at(-1)?.raw ?? '');
    expect([read.html?.trim(), read.attachments]).toEqual([html, []]);
  });

  it.each([
    ['5.1.1', { '5.1.1': 'unreachable' }],
    ['5.1', { '5.1': 'unreachable' }],
    ['550', { '550': 'unreachable' }],
    ['the class', { '5': 'unreachable' }],
  ])('takes a refusal for what the operator says it is, by %s', async (_, errors) => {
    const other = at(server.port, { errors });
    expect(await other.submit(mailTo('hard@example.org'))).toMatchObject({
      failure: 'unreachable',
      detail: '550 5.1.1',
    });
    await other.close();
  });

  it.each([
    ['hard@example.org', { failure: 'rejected', cause: 'bounced', detail: '550 5.1.1' }],
    ['spam@example.org', { failure: 'rejected', cause: 'blocked', detail: '550 5.7.1' }],
    ['data@example.org', { failure: 'rejected', cause: 'bounced', detail: '554 5.6.0' }],
    ['soft@example.org', { failure: 'throttled', cause: 'provider', detail: '451 4.2.1' }],
    ['full@example.org', { failure: 'throttled', cause: 'provider', detail: '452 4.2.2' }],
  ])('%s: %o', async (to, outcome) => {
    expect(await provider.submit(mailTo(to))).toEqual({ kind: 'refused', ...outcome });
  });

  it.each([
    ['subject', { subject: 'Your code\r\nBcc: eve@example.org\r\n\r\nHi' }],
    ['locale', { locale: 'en\r\nBcc: eve@example.org' }],
    ['attempt', { attemptId: 'att_1>\r\nBcc: eve@example.org' }],
  ])('R61 no header can be added by the %s', async (_, over) => {
    await provider.submit(mailTo('ada@example.org', over));
    const mail = server.messages().at(-1);
    expect(mail?.to).toEqual(['ada@example.org']);
    expect(mail?.raw).not.toMatch(/^Bcc:/im);
  });

  it.each([
    'ada@example.org, eve@example.org',
    'Ada <ada@example.org>',
    'ada@example.org\r\nRCPT TO:<eve@example.org>',
    '',
  ])('R61 one mailbox and nothing else: %j is refused before anything is sent', async (to) => {
    const before = server.messages().length;
    expect(await provider.submit(mailTo(to))).toMatchObject({ kind: 'refused', failure: 'rejected' });
    expect(server.messages()).toHaveLength(before);
  });

  it('takes a server that shuts down for unreachable', async () => {
    const refusing = await startMailServer();
    refusing.refuse();
    const other = at(refusing.port);
    expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ failure: 'unreachable' });
    await other.close();
    await refusing.stop();
  });

  it('finds the server again when it comes back', async () => {
    const first = await startMailServer();
    const { port } = first;
    const other = at(port);
    expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ kind: 'accepted' });
    await first.stop();
    expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ failure: 'unreachable' });
    const second = await startMailServer(port);
    expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ kind: 'accepted' });
    await other.close();
    await second.stop();
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const other = at(await freePort());
    expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ failure: 'unreachable' });
    await other.close();
  });

  it('never sends a password in the clear', async () => {
    const other = at(server.port, { username: 'shop', password: 's3cret' });
    expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ failure: 'misconfigured' });
    await other.close();
  });

  it.each(['', 'no mailbox', 'a@b.example, c@d.example', 'X\r\nBcc: y <a@b.example>', 'a@b.example>'])(
    'its configuration refuses to send from %j',
    (from) => {
      expect(smtp.schema.safeParse({ ...entry, port: 25, from }).success).toBe(false);
    },
  );

  it.each([
    ['a name of 14 characters', { address: 'fourteen-chars@shop.example' }],
    ['no mailbox', { address: 'Bounces <bounces@shop.example>' }],
    ['a delimiter of its own', { address: 'bounces@shop.example', delimiter: '@' }],
    ['an option nobody knows', { address: 'bounces@shop.example', verp: true }],
  ])('its configuration refuses a mailbox for bounces with %s', (_, bounces) => {
    expect(smtp.schema.safeParse({ ...entry, port: 25, bounces: { address: 'bounces@shop.example' } }).success).toBe(
      true,
    );
    expect(smtp.schema.safeParse({ ...entry, port: 25, bounces }).success).toBe(false);
  });

  describe('a server that stops talking', () => {
    /** Answers the first commands as a server does, then is silent or gone. */
    async function rudeServer(
      replies: string[],
      then: 'hangs' | 'hangs up',
    ): Promise<{ server: Server; port: number }> {
      const rude = createServer((socket: Socket) => {
        const left = [...replies];
        socket.on('error', () => undefined);
        socket.write('220 rude.example ESMTP\r\n');
        socket.on('data', () => {
          const reply = left.shift();
          if (reply !== undefined) socket.write(`${reply}\r\n`);
          else if (then === 'hangs up') socket.destroy();
        });
      }).listen(0, '127.0.0.1');
      await once(rude, 'listening');
      return { server: rude, port: (rude.address() as AddressInfo).port };
    }
    const UNTIL_DATA = ['250 rude.example', '250 sender ok', '250 recipient ok', '354 go ahead'];

    it.each(['hangs', 'hangs up'] as const)('R30 and %s after the content: it may have arrived', async (then) => {
      const rude = await rudeServer(UNTIL_DATA, then);
      const other = at(rude.port, {}, SHORT);
      expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ kind: 'ambiguous' });
      await other.close();
      rude.server.close();
    });

    it.each(['hangs', 'hangs up'] as const)('and %s before the content: nothing was sent', async (then) => {
      const rude = await rudeServer(UNTIL_DATA.slice(0, 2), then);
      const other = at(rude.port, {}, SHORT);
      expect(await other.submit(mailTo('ada@example.org'))).toMatchObject({ kind: 'refused', failure: 'unreachable' });
      await other.close();
      rude.server.close();
    });
  });
});
