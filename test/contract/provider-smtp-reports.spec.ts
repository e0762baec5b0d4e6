import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTGOING_LIMITS } from '../../src/delivery/adapters/outgoing-http.js';
import { bounceAddress, messageName, type BounceMark } from '../../src/delivery/adapters/providers/smtp/bounce-mark.js';
import { smtp } from '../../src/delivery/adapters/providers/smtp/smtp.js';
import type { Provider, ReportRequest } from '../../src/delivery/application/provider.js';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import { bounceFor, bounceOf, BOUNCES } from '../support/bounces.js';
import { startMailServer } from '../support/mail-server.js';
import { providerContext } from '../support/provider-context.js';
import type { NamedMessage, StartGateway } from '../support/reporting-gateway.js';
import { providerReportsContract } from './provider-reports.contract.js';

const MAC = Buffer.alloc(16, 1).toString('base64url');
const FORGED = Buffer.alloc(16, 2).toString('base64url');
const newAttempt = () => `att_${randomBytes(16).toString('base64url')}`;
const isOurs = (_: string, mac: string) => mac === MAC;

const posted = (mail: string | Buffer, over: Partial<ReportRequest> = {}): ReportRequest => ({
  ...{ method: 'POST', url: '', query: {}, headers: { 'content-type': 'message/rfc822' }, rawBody: Buffer.from(mail) },
  ...over,
});
const providerWith = (port: number, context: ProviderContext, over: object = {}): Provider => {
  const entry = { type: 'smtp', channel: 'email', host: '127.0.0.1', port, from: 'login@shop.example' };
  const config = smtp.schema.parse({ ...entry, bounces: { address: BOUNCES.address }, ...over });
  return smtp.create('main', config, { ...context, isOurs, limits: OUTGOING_LIMITS });
};
const genuine =
  (sample: string) =>
  ({ attemptId }: NamedMessage) =>
    posted(bounceOf(sample, { attemptId, mac: MAC }));

const marked = (mark: BounceMark) => posted(bounceOf('postfix-dsn-hard1', mark));
const FORGERIES: Record<string, (message: NamedMessage) => ReportRequest> = {
  'with a MAC that is not ours': ({ attemptId }) => marked({ attemptId, mac: FORGED }),
  'with the MAC of nobody': ({ attemptId }) => marked({ attemptId, mac: '' }),
  'without any mark': () => posted(bounceFor('postfix-dsn-hard1', { sender: BOUNCES.address, name: 'somebody' })),
  'that names the attempt and has no MAC': ({ attemptId }) =>
    posted(bounceFor('exim-dsn-hard2', { sender: BOUNCES.address, name: attemptId })),
  'that is no mail': () => posted('{"status":"failed"}'),
  'of nothing': () => posted(''),
};

const mailServer: StartGateway = async (context) => {
  const server = await startMailServer();
  const provider = providerWith(server.port, context);
  return {
    provider,
    says: {
      underway: genuine('written-sendmail-delayed'),
      delivered: genuine('exim-dsn-ok2'),
      failed: genuine('postfix-dsn-hard1'),
      unknown: genuine('written-vacation'),
    },
    forged: FORGERIES,
    stranger: { attemptId: newAttempt(), messageId: '' },
    stop: async () => {
      await provider.close();
      await server.stop();
    },
  };
};

providerReportsContract('SMTP', {
  says: ['underway', 'delivered', 'failed', 'unknown'],
  forgeries: Object.keys(FORGERIES),
  start: mailServer,
});

describe('a bounce is known by its mark', () => {
  const mark: BounceMark = { attemptId: newAttempt(), mac: MAC };
  const forged: BounceMark = { ...mark, mac: FORGED };
  const report = { providerId: 'main', attemptId: mark.attemptId, status: 'failed', cause: 'bounced' };
  const elsewhere = 'postmaster@shop.example';
  let marked: Provider;
  let plain: Provider;
  beforeAll(() => {
    marked = providerWith(1, providerContext());
    plain = providerWith(1, providerContext(), { bounces: undefined });
  });
  afterAll(() => Promise.all([marked.close(), plain.close()]));
  const address = bounceAddress(BOUNCES, mark);

  it.each([
    ['in the recipient', { sender: address, name: 'lost' }],
    ['in capitals', { sender: address.toUpperCase(), name: 'lost' }],
    ['behind what BATV adds', { sender: `prvs=0123456789=${address}`, name: 'lost' }],
    ['in the envelope id and the Message-ID', { sender: elsewhere, name: messageName(mark) }],
  ])('%s', async (_, carried) => {
    for (const sample of ['postfix-dsn-hard1', 'exim-dsn-hard2'])
      expect(await marked.readReports(posted(bounceFor(sample, carried)))).toMatchObject([report]);
  });

  it('by its name only, where there is no mailbox for bounces', async () => {
    const named = bounceFor('exim-dsn-hard2', { sender: elsewhere, name: messageName(mark) });
    expect(await plain.readReports(posted(named))).toMatchObject([report]);
    expect(await plain.readReports(posted(bounceFor('exim-dsn-hard2', { sender: address, name: 'lost' })))).toBeNull();
  });

  it('R31 only by one that is ours: a forged one beside it changes nothing', async () => {
    const both = bounceFor('exim-dsn-hard2', { sender: bounceAddress(BOUNCES, forged), name: messageName(mark) });
    expect(await marked.readReports(posted(both))).toMatchObject([report]);
    const neither = bounceFor('exim-dsn-hard2', {
      sender: bounceAddress(BOUNCES, forged),
      name: messageName(forged),
    });
    expect(await marked.readReports(posted(neither))).toBeNull();
  });

  it('or by the address that it was posted to', async () => {
    const unmarked = bounceFor('exim-dsn-hard2', { sender: elsewhere, name: 'lost' });
    expect(await marked.readReports(posted(unmarked, { attemptId: mark.attemptId }))).toMatchObject([report]);
  });

  it('and is read as the operator says', async () => {
    const other = providerWith(1, providerContext(), { statuses: { '5.1.1': 'blocked' } });
    const bounce = posted(bounceOf('postfix-dsn-hard1', mark));
    expect(await other.readReports(bounce)).toMatchObject([{ status: 'failed', cause: 'blocked' }]);
    await other.close();
  });
});
