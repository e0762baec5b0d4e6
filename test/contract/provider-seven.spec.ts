import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sevenSignature } from '../../src/delivery/adapters/providers/seven/seven-signature.js';
import { seven } from '../../src/delivery/adapters/providers/seven/seven.js';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Cause } from '../../src/delivery/domain/cause.js';
import type { Report, SubmitFailure, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { againstPublished } from '../support/published-request.js';
import { providerContext } from '../support/provider-context.js';
import { providerContract } from './provider.contract.js';

const SIGNING_KEY = 'kv5gG0iWpB';
const ADDRESS = 'https://einmal.example/v1/reports/main';
const entry = { type: 'seven', channel: 'sms', apiKey: 'key', signingKey: SIGNING_KEY, from: 'Einmal' };
const create = (url: string, context: ProviderContext = providerContext(), over: object = {}) =>
  seven.create('main', seven.schema.parse({ ...entry, url, ...over }), context);

/** https://docs.seven.io/en/rest-api/endpoints/sms */
const answered = (messageId: string, message: object = {}, over: object = {}) => ({
  status: 200,
  body: JSON.stringify({
    ...{ success: '100', total_price: 0.075, balance: 593.994, debug: 'false', sms_type: 'direct' },
    messages: [
      {
        ...{ id: messageId, sender: 'Einmal', recipient: '4915112345678', text: 'x', encoding: 'gsm', parts: 1 },
        ...{ price: 0.075, success: true, error: null, error_text: null, ...message },
      },
    ],
    ...over,
  }),
});

const now = () => Math.floor(Date.now() / 1_000);
function signed(request: Partial<ReportRequest>, { at = now(), key = SIGNING_KEY } = {}): ReportRequest {
  const sent = { method: 'POST', url: ADDRESS, query: {}, rawBody: Buffer.alloc(0), headers: {}, ...request };
  const [timestamp, nonce] = [String(at), 'fpPRhAd1s8GXacfR39mWqKPynmmXfJnc'];
  const signature = sevenSignature(key, { ...sent, timestamp, nonce });
  return { ...sent, headers: { 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signature } };
}
/** https://docs.seven.io/en/rest-api/webhooks */
const webhook = (msg_id: string, status: string, more: object = {}) => ({
  data: { msg_id, status, timestamp: '2021-08-24 08:08:00.000000', ...more },
  webhook_event: 'dlr',
  webhook_timestamp: '2021-08-24T08:08:00+02:00',
});
const inJson = (...said: Parameters<typeof webhook>) => ({ rawBody: Buffer.from(JSON.stringify(webhook(...said))) });
const inForm = (msg_id: string, status: string) =>
  new URLSearchParams({ 'data[msg_id]': msg_id, 'data[status]': status, webhook_event: 'dlr' }).toString();

const refused = (failure: SubmitFailure, detail: string, cause: Cause = 'provider'): SubmitOutcome => ({
  ...{ kind: 'refused', failure, cause, detail },
});
/** A mistake in one message, which keeps the others from nobody. */
const ofThisMessage = (detail: string) => ({ ...refused('misconfigured', detail), scope: 'message' }) as SubmitOutcome;
const failed = (cause: Cause, transient?: true) =>
  ({ status: 'failed', cause, ...(transient && { transient }) }) as const;
const STATUSES: Record<string, Partial<Report>> = {
  DELIVERED: { status: 'delivered' },
  ACCEPTED: { status: 'underway' },
  BUFFERED: { status: 'underway' },
  TRANSMITTED: { status: 'underway' },
  NOTDELIVERED: failed('other', true),
  EXPIRED: failed('expired', true),
  REJECTED: failed('blocked'),
  FAILED: failed('other'),
  UNKNOWN: { status: 'unknown' },
  CONFISCATED: { status: 'unknown' },
};

providerContract({
  name: 'seven',
  create,
  submit: { channel: 'sms', to: '+4915112345678', text: 'Your code is 012345.' },
  accepted: answered('77229318510'),
  byMessageId: { id: (nth) => String(77_229_318_510 + nth), accepted: answered },
  expectRequest: ({ method, url, headers, body }, { attemptId }) => {
    expect(`${method} ${url}`).toBe('POST /send/sms');
    expect(headers).toMatchObject({
      ...{ 'x-api-key': 'key', accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
      ...{ to: '+4915112345678', from: 'Einmal', text: 'Your code is 012345.', ttl: '5', foreign_id: attemptId },
    });
  },
  answers: [
    [{ status: 200, body: '100' }, { kind: 'accepted' }],
    [answered('1', {}, { success: 100, messages: null }), { kind: 'accepted' }],
    [answered('1', { id: 77229318510 }), { kind: 'accepted', providerMessageId: '77229318510' }],
    [answered('1', { id: '7\0' }), { kind: 'accepted' }],
    [answered('1', { success: false, error: '202' }), refused('rejected', '202', 'unknown-number')],
    [answered('1', { success: false, error: 500 }, { success: '101' }), refused('quota', '500')],
    [answered('1', { success: false }), refused('unreachable', '101')],
    [answered('1', { success: false, error: '999' }), refused('unreachable', '101')],
    [answered('1', {}, { success: '101' }), { kind: 'accepted', providerMessageId: '1' }],
    [answered('1', {}, { success: '900' }), refused('misconfigured', '900')],
    [{ status: 200, body: '201' }, ofThisMessage('201')],
    [{ status: 200, body: '202' }, refused('rejected', '202', 'unknown-number')],
    [{ status: 200, body: '301' }, ofThisMessage('301')],
    [{ status: 200, body: '305' }, refused('rejected', '305', 'blocked')],
    [{ status: 200, body: '401' }, refused('rejected', '401', 'other')],
    [{ status: 200, body: '402' }, refused('throttled', '402')],
    [{ status: 200, body: '{"success":"402"}' }, refused('throttled', '402')],
    [{ status: 200, body: '403' }, refused('throttled', '403')],
    [{ status: 200, body: '500\n' }, refused('quota', '500')],
    [{ status: 200, body: '600' }, refused('unreachable', '600')],
    [{ status: 401, body: '{"success":"900"}' }, refused('misconfigured', '900')],
    [{ status: 200, body: '902' }, refused('misconfigured', '902')],
    [{ status: 200, body: '903' }, refused('misconfigured', '903')],
    [{ status: 500, body: '500 Internal Server Error' }, refused('unreachable', 'answer 500')],
    [{ status: 500, body: '500' }, refused('unreachable', 'answer 500')],
    [
      { status: 200, body: '999' },
      { kind: 'ambiguous', detail: 'answer 200' },
    ],
    [
      { status: 200, body: '{"success":true}' },
      { kind: 'ambiguous', detail: 'answer 200' },
    ],
  ],
  genuine: (_, messageId) => signed(inJson(messageId, 'DELIVERED')),
  forged: {
    'a report without a signature': (_, id) => ({ ...signed(inJson(id, 'FAILED')), headers: {} }),
    'a report without a nonce': (_, id) => {
      const genuine = signed(inJson(id, 'FAILED'));
      return { ...genuine, headers: { ...genuine.headers, 'x-nonce': '' } };
    },
    'a report with another key': (_, id) => signed(inJson(id, 'FAILED'), { key: 'another' }),
    'a report with another body': (_, id) => ({ ...signed(inJson(id, 'DELIVERED')), ...inJson(id, 'FAILED') }),
    'a report signed for another address': (_, id) => ({
      ...signed({ ...inJson(id, 'FAILED'), url: 'https://einmal.example/v1/reports/other' }),
      url: ADDRESS,
    }),
    'a report that was sent in another way': (_, id) => ({ ...signed(inJson(id, 'FAILED')), method: 'GET' }),
    'a report with another query': (_, id) => ({
      ...signed({ method: 'GET', url: `${ADDRESS}?msg_id=${id}&status=DELIVERED` }),
      url: `${ADDRESS}?msg_id=${id}&status=FAILED`,
    }),
    'a report of six minutes ago': (_, id) => signed(inJson(id, 'FAILED'), { at: now() - 360 }),
    'a report of six minutes from now': (_, id) => signed(inJson(id, 'FAILED'), { at: now() + 360 }),
  },
  statuses: Object.fromEntries(
    Object.entries(STATUSES).map(([word, reads]) => [
      word,
      {
        report: (_, messageId) => signed(inJson(messageId, word)),
        reads: { ...reads, detail: word },
      },
    ]),
  ),
});

describe('seven', () => {
  let vendor: FakeVendor;
  beforeAll(async () => {
    vendor = await FakeVendor.start();
    vendor.answers(answered('1'));
  });
  afterAll(() => vendor.stop());
  const to = (over: Partial<SubmitRequest> = {}): SubmitRequest => ({
    ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'sms', to: '+4915112345678', text: 'x', locale: 'en' },
    ...{ validForSeconds: 290, reportUrl: 'http://x', reportMac: 'mac', callUrl: 'http://x', ...over },
  });
  const sentForm = async (over: Partial<SubmitRequest>) => {
    const provider = create(vendor.url);
    await provider.submit(to(over));
    await provider.close();
    const [request] = vendor.requests.splice(0);
    if (!request) throw new Error('Nothing was sent.');
    // In the documentation and in seven's own client, but not in its file.
    const unpublished = ['unpublished ttl', 'unpublished unicode'];
    expect(unpublished).toEqual(expect.arrayContaining(await againstPublished('seven-sms-dispatch', request)));
    return Object.fromEntries(new URLSearchParams(request.body.toString()));
  };

  it('is told the encoding where 7 bits do not do', async () => {
    expect(await sentForm({ text: 'Ваш код 012345' })).toMatchObject({ text: 'Ваш код 012345', unicode: '1' });
  });

  it.each([
    [1, '1'],
    [60, '1'],
    [61, '2'],
    [600, '10'],
    [864_000, '2880'],
  ])('is asked for a validity of %d s in minutes: %s', async (validForSeconds, ttl) => {
    expect(await sentForm({ validForSeconds })).toMatchObject({ ttl });
  });

  it('sends from whom the message says, in digits where it is a number', async () => {
    expect(await sentForm({ from: '+4930123' })).toMatchObject({ from: '4930123' });
  });

  it('adds no parameter by what it sends', async () => {
    const form = await sentForm({ text: 'a&to=+4930123&flash=1\r\nX: y', from: 'A b' });
    expect(Object.keys(form).sort()).toEqual(['foreign_id', 'from', 'text', 'to', 'ttl']);
  });

  it.each(['+49151,+49152', '+4915112345678,+4915187654321', '4915112345678', 'Everybody', ''])(
    'one number and nothing else: %j is refused before anything is sent',
    async (number) => {
      const provider = create('http://127.0.0.1:1');
      expect(await provider.submit(to({ to: number }))).toMatchObject({ kind: 'refused', failure: 'rejected' });
      await provider.close();
    },
  );

  it('takes the operator’s word for a code', async () => {
    vendor.answers({ status: 200, body: '999' });
    const context = providerContext();
    const provider = create(vendor.url, context, { errors: { 999: 'quota' }, statuses: { NOTDELIVERED: 'landline' } });
    expect(await provider.submit(to())).toEqual(refused('quota', '999'));
    expect(await provider.readReports(signed(inJson('1', 'NOTDELIVERED')))).toMatchObject([
      { status: 'failed', cause: 'landline' },
    ]);
    await provider.close();
    vendor.answers(answered('1'));
  });

  describe('reports', () => {
    const provider = create('http://127.0.0.1:1');
    const delivered = { providerId: 'main', providerMessageId: '77', status: 'delivered', detail: 'DELIVERED' };

    it.each<[string, Partial<ReportRequest>]>([
      ['a form', { rawBody: Buffer.from(inForm('77', 'DELIVERED')) }],
      ['a flat form', { rawBody: Buffer.from('msg_id=77&status=DELIVERED') }],
      ['a query', { method: 'GET', url: `${ADDRESS}?${inForm('77', 'DELIVERED')}` }],
      ['a flat query', { method: 'GET', url: `${ADDRESS}?msg_id=77&status=delivered` }],
      [
        'JSON with a number',
        { rawBody: Buffer.from('{"webhook_event":"dlr","data":{"msg_id":77,"status":"DELIVERED"}}') },
      ],
    ])('may come as %s', async (_, request) => {
      expect(await provider.readReports(signed(request))).toEqual([delivered]);
    });

    it('name the attempt where seven repeats what it was sent with', async () => {
      const attemptId = 'att_Wc-MKxmI8_SOb98rHSssZg';
      const reports = await provider.readReports(signed(inJson('77', 'DELIVERED', { foreign_id: attemptId })));
      expect(reports).toEqual([{ ...delivered, attemptId }]);
    });

    it.each(['an invoice', 'att_', ''])('name no attempt by %j', async (foreign_id) => {
      expect(await provider.readReports(signed(inJson('77', 'DELIVERED', { foreign_id })))).toEqual([delivered]);
    });

    it.each(['7\0', '7'.repeat(129), 'a b', '..', ''])('name no message by %j', async (id) => {
      expect(await provider.readReports(signed(inJson(id, 'DELIVERED')))).toEqual([]);
      const attemptId = 'att_Wc-MKxmI8_SOb98rHSssZg';
      const reports = await provider.readReports(signed(inJson(id, 'DELIVERED', { foreign_id: attemptId })));
      expect(reports).toEqual([{ providerId: 'main', attemptId, status: 'delivered', detail: 'DELIVERED' }]);
    });

    it.each([
      '{"webhook_event":"sms_mo","data":{"id":"1","sender":"4915112345678","text":"STOP"}}',
      '{"webhook_event":"voice_status","data":{"msg_id":"1","status":"DELIVERED"}}',
      '{"webhook_event":"dlr","data":{"msg_id":["1"],"status":{}}}',
      '[]',
      'null',
      '{',
      '',
    ])('are not made of what is none: %s', async (body) => {
      expect(await provider.readReports(signed({ rawBody: Buffer.from(body) }))).toEqual([]);
    });

    it('R8 keeps nothing of a status that is no word', async () => {
      const reports = await provider.readReports(signed(inJson('77', 'code 123456')));
      expect(reports).toMatchObject([{ status: 'unknown', detail: 'no status word' }]);
    });

    it('R31 are not believed without a signing key', async () => {
      const open = create('http://127.0.0.1:1', providerContext(), { signingKey: undefined });
      expect(await open.readReports(signed(inJson('77', 'FAILED')))).toBeNull();
    });
  });

  it.each([
    [{ apiKey: 'two\r\nlines' }],
    [{ apiKey: '' }],
    [{ apiKey: undefined }],
    [{ signingKey: '' }],
    [{ from: 'twelve chars' }],
    [{ url: 'ftp://gateway.seven.io' }],
    [{ channel: 'voice' }],
    [{ statuses: { FAILED: 'asleep' } }],
    [{ shell: 'sh' }],
  ])('its configuration refuses %o', (over) => {
    expect(seven.schema.safeParse(entry).success).toBe(true);
    expect(seven.schema.safeParse({ ...entry, ...over }).success).toBe(false);
  });
});
