import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageName } from '../../src/delivery/adapters/providers/smtp/bounce-mark.js';
import { smtp } from '../../src/delivery/adapters/providers/smtp/smtp.js';
import { Nudge } from '../../src/delivery/application/ports.js';
import { ProviderCatalog } from '../../src/delivery/application/provider-catalog.js';
import { ReadDeliveries } from '../../src/delivery/application/read-deliveries.js';
import { bounceFor, bounceOf, BOUNCES } from '../support/bounces.js';
import { newId, queueDelivery } from '../support/deliveries.js';
import { startDelivery, type DeliveryApp } from '../support/delivery-app.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http-client.js';
import { startMailServer, type MailServer, type ReceivedMail } from '../support/mail-server.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { freePort } from '../support/servers/free-port.js';
import { program } from '../support/servers/programs.js';

/** Mails that a real server has taken and that come back later, through the address for reports and through the pipe. */
let opened: TestDatabase;
let server: MailServer;
let delivery: DeliveryApp;
let message_id: string;
let sent: ReceivedMail;

beforeAll(async () => {
  opened = await openTestDatabase();
  server = await startMailServer();
  const entry = { type: 'smtp', channel: 'email', host: '127.0.0.1', port: server.port, from: 'login@shop.example' };
  const mail = smtp.schema.parse({ ...entry, bounces: { address: BOUNCES.address } });
  const catalog = new ProviderCatalog([smtp], { providers: { mail, other: mail }, routes: { email: ['mail'] } });
  delivery = await startDelivery(opened.database, catalog);
  delivery.messages.channels = ['email', 'sms'];
});
afterAll(async () => {
  await delivery.app.close();
  await server.stop();
  await opened.close();
});

beforeEach(async () => {
  message_id = newId('msg');
  const before = server.messages().length;
  await queueDelivery(opened.database, { message_id, channel: 'email', country: null });
  delivery.app.get(Nudge).nudge();
  await eventually(async () => {
    expect(await story()).toEqual(['email sent']);
  });
  const [mail, ...others] = server.messages().slice(before);
  if (!mail || others.length > 0) throw new Error('One mail was to come.');
  sent = mail;
});

const story = async () => {
  const deliveries = await delivery.app.get(ReadDeliveries).of(message_id);
  return deliveries.map(({ channel, status, cause }) => `${channel} ${status}${cause === null ? '' : `: ${cause}`}`);
};
const reportsStored = async () => {
  const [row] = await opened.database.query<{ count: number }>('SELECT count(*)::int AS count FROM reports');
  return row?.count;
};
/** What the mail servers on the way know of the mail. */
const envelope = () => ({ sender: sent.from, name: sent.envelopeId ?? '' });
const post = (mail: string, { type = 'message/rfc822', path = '/v1/reports/mail' } = {}) =>
  call('POST', delivery.url + path, { body: mail, headers: { 'content-type': type } });
const fallenBack = (cause: string) =>
  eventually(async () => {
    expect(await story()).toEqual([`email failed: ${cause}`, 'sms canceled']);
  });

describe('R31 a mail that comes back', () => {
  it.each([
    ['postfix-dsn-hard1', 'bounced'],
    ['postfix-dsn-spam1', 'blocked'],
    ['exim-dsn-hard2', 'bounced'],
    ['exim-dsn-full2', 'bounced'],
    ['written-international', 'bounced'],
  ])('%s: the mail has failed, and the next channel is tried', async (sample, cause) => {
    expect(await post(bounceFor(sample, envelope()))).toMatchObject({ status: 200, body: '' });
    await fallenBack(cause);
  });

  it.each([
    ['written-sendmail-delayed', 'email sent'],
    ['postfix-dsn-ok1', 'email sent'],
    ['written-vacation', 'email sent'],
    ['written-qmail', 'email sent'],
    ['exim-dsn-ok2', 'email delivered'],
  ])('%s is taken and starts nothing: %s', async (sample, after) => {
    const before = await reportsStored();
    expect((await post(bounceFor(sample, envelope()))).status).toBe(200);
    expect(await reportsStored()).toBe((before ?? 0) + 1);
    expect(await story()).toEqual([after]);
  });

  it.each(['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded', 'message/global'])(
    'may be posted as %s',
    async (type) => {
      expect((await post(bounceFor('exim-dsn-hard2', envelope()), { type })).status).toBe(200);
      await fallenBack('bounced');
    },
  );

  it('is known by its recipient alone, in capitals, and by what it returns alone', async () => {
    const capitals = { sender: sent.from.toUpperCase(), name: 'lost' };
    expect((await post(bounceFor('postfix-dsn-hard1', capitals))).status).toBe(200);
    await fallenBack('bounced');
    const returned = { sender: 'login@shop.example', name: sent.envelopeId ?? '' };
    expect((await post(bounceFor('postfix-dsn-hard1', returned))).status).toBe(200);
  });
});

describe('R31 a forged bounce', () => {
  const ours = () => {
    const [attemptId = '', mac = ''] = (sent.envelopeId ?? '').split('.');
    return { attemptId, mac };
  };
  const stranger = () => randomBytes(16).toString('base64url');

  it.each<[string, () => string]>([
    ['without a mark', () => bounceFor('postfix-dsn-hard1', { sender: BOUNCES.address, name: 'lost' })],
    ['that knows the attempt', () => bounceFor('exim-dsn-hard2', { sender: 'x@y.example', name: ours().attemptId })],
    ['with a MAC of its own', () => bounceOf('exim-dsn-hard2', { ...ours(), mac: stranger() })],
    [
      'with the MAC of another attempt',
      () => bounceOf('exim-dsn-hard2', { ...ours(), attemptId: `att_${stranger()}` }),
    ],
    [
      'with the MAC of another provider',
      () => {
        const { attemptId } = ours();
        return bounceOf('exim-dsn-hard2', { attemptId, mac: delivery.keyring.callbackMac(`other/${attemptId}`) });
      },
    ],
    ['that is no mail', () => messageName({ attemptId: ours().attemptId, mac: stranger() })],
    ['that is empty', () => ''],
  ])('%s is 403, stores nothing and changes nothing', async (_, forge) => {
    const before = await reportsStored();
    expect((await post(forge())).status).toBe(403);
    expect(await reportsStored()).toBe(before);
    expect(await story()).toEqual(['email sent']);
  });

  it('posted to another provider is 403', async () => {
    const bounce = bounceFor('exim-dsn-hard2', envelope());
    expect((await post(bounce, { path: '/v1/reports/other' })).status).toBe(403);
    expect(await story()).toEqual(['email sent']);
  });
});

describe('a long mail', () => {
  const long = (bytes: number) => `${bounceFor('postfix-dsn-hard1', envelope())}${'x'.repeat(bytes)}`;

  it('is taken up to a megabyte at its provider’s address, and not at an attempt’s', async () => {
    const [attemptId = '', mac = ''] = (sent.envelopeId ?? '').split('.');
    expect((await post(long(1_100_000))).status).toBe(413);
    expect((await post(long(70_000), { path: `/v1/reports/mail/${attemptId}/${mac}` })).status).toBe(413);
    expect(await story()).toEqual(['email sent']);
    expect((await post(long(1_000_000))).status).toBe(200);
    await fallenBack('bounced');
  });
});

describe('the pipe of a mail server', () => {
  const PIPE = new URL('../../ops/pipe-bounce', import.meta.url).pathname;
  beforeAll(() => program({ names: ['curl'], package: 'curl' }));

  /** @returns the exit code, of sysexits.h as mail servers read it. */
  const pipe = (mail: string, url = `${delivery.url}/v1/reports/mail`) =>
    new Promise<number>((resolve) => {
      const child = execFile(PIPE, [url], (error) => {
        resolve(typeof error?.code === 'number' ? error.code : 0);
      });
      child.stdin?.end(mail);
    });

  it('hands over a mail, and of one that is too long the beginning', async () => {
    expect(await pipe(`${bounceFor('postfix-dsn-hard1', envelope())}${'x'.repeat(3_000_000)}`)).toBe(0);
    await fallenBack('bounced');
  });

  it('is content when it is nobody’s bounce, and has the mail kept when nobody could take it (EX_TEMPFAIL)', async () => {
    expect(await pipe('Subject: You have won\r\n\r\n')).toBe(0);
    const bounce = bounceFor('postfix-dsn-hard1', envelope());
    expect(await pipe(bounce, `${delivery.url}/v1/reports/nobody`)).toBe(75);
    expect(await pipe(bounce, `http://127.0.0.1:${String(await freePort())}/v1/reports/mail`)).toBe(75);
    await opened.database.query('ALTER TABLE reports RENAME TO reports_away');
    expect(await pipe(bounce)).toBe(75);
    await opened.database.query('ALTER TABLE reports_away RENAME TO reports');
    expect(await pipe(bounce)).toBe(0);
    await fallenBack('bounced');
  });
});
