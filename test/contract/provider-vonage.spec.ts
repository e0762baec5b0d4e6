import { describe, expect, it } from 'vitest';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Cause } from '../../src/delivery/domain/cause.js';
import type { Report, SubmitFailure, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { vonage } from '../../src/delivery/adapters/providers/vonage/vonage.js';
import {
  vonageSignature,
  type VonageSignature,
} from '../../src/delivery/adapters/providers/vonage/vonage-signature.js';
import { FakeVendor, type VendorAnswer } from '../support/fake-vendor.js';
import { providerContext } from '../support/provider-context.js';
import { againstPublished } from '../support/published-request.js';
import { addressOf } from '../support/vendor-callbacks.js';
import { providerContract } from './provider.contract.js';

const SIGNATURE: VonageSignature = { secret: 's1gnature', method: 'sha256' };
const entry = { type: 'vonage', channel: 'sms', apiKey: 'abcd1234', apiSecret: 'abcdef0123456789', from: 'Einmal' };
const signing = { signatureSecret: SIGNATURE.secret, signatureMethod: SIGNATURE.method };
const create = (url: string, over: object, context: ProviderContext = providerContext()) =>
  vonage.create('main', vonage.schema.parse({ ...entry, url, ...over }), context);

const MESSAGE_ID = '0A0000000123ABCD1';
type Said = Record<string, string>;

/** A delivery receipt as the documentation shows one. */
const receipt = (said: Said): Said => ({
  ...{ msisdn: '4915112345678', to: 'Einmal', 'network-code': '26201', messageId: MESSAGE_ID, price: '0.07500000' },
  ...{ status: 'delivered', scts: '2011230302', 'err-code': '0', 'api-key': 'abcd1234' },
  ...{ 'message-timestamp': '2026-11-23 02:02:00' },
  ...said,
});
const withSignature = (said: Said, signature = SIGNATURE, ageSeconds = 0): Said => {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
  const signed = { ...said, timestamp, nonce: 'ec11dd3e-1e7f-4db5-9467-82b02cd223b9' };
  return { ...signed, sig: vonageSignature(signed, signature).toUpperCase() };
};
/** A fixed report must stay the same bytes, however often it is made. */
const once = new Map<string, Said>();
const signedOnce = (said: Said): Said => {
  const key = JSON.stringify(said);
  const signed = once.get(key) ?? withSignature(said);
  once.set(key, signed);
  return signed;
};

/** The three ways an account may have its webhooks; at the account's address where there is no attempt. */
const WAYS = {
  JSON: (attemptId: string | null, said: Said): ReportRequest => ({
    ...{ method: 'POST', ...pathOf(attemptId), query: {}, headers: { 'content-type': 'application/json' } },
    rawBody: Buffer.from(JSON.stringify(said)),
  }),
  'a form': (attemptId: string | null, said: Said): ReportRequest => ({
    ...{ method: 'POST', ...pathOf(attemptId), query: {} },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    rawBody: Buffer.from(new URLSearchParams(said).toString()),
  }),
  GET: (attemptId: string | null, said: Said): ReportRequest => {
    const path = pathOf(attemptId);
    const url = `${path.url}?${new URLSearchParams(said).toString()}`;
    return { method: 'GET', ...path, url, query: said, headers: {}, rawBody: Buffer.alloc(0) };
  },
};
const pathOf = (attemptId: string | null) =>
  attemptId === null ? { url: 'https://einmal.example/v1/reports/main' } : { url: addressOf(attemptId), attemptId };

const answer = (...parts: Said[]): VendorAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ 'message-count': String(parts.length), messages: parts }, null, 2),
});
const taken = (id: string): Said => ({
  ...{ to: '4915112345678', 'message-id': id, status: '0', 'remaining-balance': '15.53590000', network: '26201' },
});
const refused = (failure: SubmitFailure, cause: Cause, code: string): [VendorAnswer, SubmitOutcome] => [
  answer({ status: code, 'error-text': 'In words: "status": "0"' }),
  { kind: 'refused', failure, cause, detail: code },
];
const ofOneMessage = (code: string): [VendorAnswer, SubmitOutcome] => [
  answer({ status: code }),
  { kind: 'refused', failure: 'misconfigured', cause: 'provider', scope: 'message', detail: code },
];

const failed = (cause: Cause) => ({ status: 'failed', cause }) as const;
const passing = (cause: Cause) => ({ status: 'failed', cause, transient: true }) as const;
const STATUSES: [status: string, errorCode: string | undefined, reads: Partial<Report> & { transient?: boolean }][] = [
  ['accepted', '0', { status: 'underway', detail: 'accepted' }],
  ['buffered', '0', { status: 'underway', detail: 'buffered' }],
  ['delivered', '0', { status: 'delivered', detail: 'delivered' }],
  ['delivered', undefined, { status: 'delivered' }],
  ['expired', undefined, passing('expired')],
  ['expired', '1', { ...passing('expired'), detail: 'expired err 1' }],
  ['undelivered', undefined, passing('other')],
  ['failed', undefined, failed('other')],
  ['failed', '77', { ...failed('other'), detail: 'failed err 77' }],
  ['failed', '1', { status: 'unknown' }],
  ['failed', '2', passing('unreachable')],
  ['failed', '3', failed('unknown-number')],
  ...['4', '6', '9', '11', '12', '13', '14', '50', '51', '52', '53', '54'].map((code): (typeof STATUSES)[number] => [
    'failed',
    code,
    failed('blocked'),
  ]),
  ['rejected', undefined, failed('blocked')],
  ['rejected', '5', failed('other')],
  ['rejected', '10', failed('other')],
  ['failed', '7', passing('unreachable')],
  ['failed', '8', passing('other')],
  ['failed', '15', passing('other')],
  ['failed', '99', passing('other')],
  ['unknown', '0', { status: 'unknown', detail: 'unknown' }],
  ['unknown', '1', { status: 'unknown' }],
  ['teleported', undefined, { status: 'unknown' }],
  ['teleported', '3', failed('unknown-number')],
];

const submit = { channel: 'sms', to: '+4915112345678', text: 'Your code is 012345 & more=1.' } as const;
const common = { to: '4915112345678', text: submit.text, type: 'text', ttl: '290000' };

providerContract({
  name: 'Vonage, with signatures',
  create: (url, context) => create(url, signing, context),
  submit,
  accepted: answer(taken(MESSAGE_ID)),
  expectRequest: ({ url, headers, body }, { reportUrl }) => {
    expect(url).toBe('/send/sms/json');
    expect(headers).toMatchObject({
      authorization: `Basic ${Buffer.from('abcd1234:abcdef0123456789').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
      ...{ ...common, from: 'Einmal', callback: reportUrl, 'client-ref': 'att_1' },
      ...{ api_key: 'abcd1234', api_secret: 'abcdef0123456789' },
    });
  },
  answers: [
    [answer(taken('id-1'), taken('id-2')), { kind: 'accepted', providerMessageId: 'id-1', detail: 'accepted' }],
    [answer({ status: '0' }), { kind: 'accepted', detail: 'accepted' }],
    [answer(taken('id-1'), { status: '1', 'error-text': 'Throttled' }), { kind: 'ambiguous', detail: 'a part 1' }],
    [answer(), { kind: 'ambiguous', detail: 'answer 200' }],
    refused('throttled', 'provider', '1'),
    ofOneMessage('2'),
    refused('rejected', 'other', '3'),
    refused('misconfigured', 'provider', '4'),
    refused('unreachable', 'provider', '5'),
    refused('rejected', 'other', '6'),
    refused('rejected', 'blocked', '7'),
    refused('misconfigured', 'provider', '8'),
    refused('quota', 'provider', '9'),
    refused('throttled', 'provider', '10'),
    refused('misconfigured', 'provider', '11'),
    refused('rejected', 'other', '12'),
    refused('misconfigured', 'provider', '14'),
    refused('rejected', 'blocked', '15'),
    refused('rejected', 'blocked', '17'),
    ofOneMessage('22'),
    refused('misconfigured', 'provider', '23'),
    ofOneMessage('29'),
    refused('misconfigured', 'provider', '32'),
    refused('rejected', 'unknown-number', '33'),
    ofOneMessage('77'),
    [{ status: 401 }, { kind: 'refused', failure: 'misconfigured', cause: 'provider', detail: 'answer 401' }],
  ],
  genuine: (id) => WAYS.JSON(id, signedOnce(receipt({ 'client-ref': id }))),
  forged: {
    'a report without a signature': (id) => WAYS.JSON(id, receipt({})),
    'one with another secret’s': (id) => WAYS.JSON(id, withSignature(receipt({}), { ...SIGNATURE, secret: 'other' })),
    'one by another method': (id) => WAYS.JSON(id, withSignature(receipt({}), { ...SIGNATURE, method: 'md5hash' })),
    'one with a changed status': (id) => WAYS['a form'](id, { ...withSignature(receipt({})), status: 'failed' }),
    'one with one more parameter': (id) => WAYS.GET(id, { ...withSignature(receipt({})), extra: '1' }),
    'one of six minutes ago': (id) => WAYS.JSON(id, withSignature(receipt({}), SIGNATURE, 360)),
    'one of the future': (id) => WAYS.JSON(id, withSignature(receipt({}), SIGNATURE, -360)),
    'one whose signed body is empty': (id) => ({ ...WAYS.JSON(id, {}), query: withSignature(receipt({})) }),
    'one that breaks off': (id) => ({ ...WAYS.JSON(id, {}), rawBody: Buffer.from('{"status":') }),
  },
  statuses: Object.fromEntries(
    STATUSES.map(([status, errorCode, reads]) => [
      `${status} ${errorCode ?? 'without a code'}`,
      {
        report: (id: string) =>
          WAYS.JSON(id, signedOnce(receipt({ status, 'err-code': errorCode ?? '', 'client-ref': id }))),
        reads: { providerMessageId: MESSAGE_ID, ...reads },
      },
    ]),
  ),
});

describe('Vonage', () => {
  const request: SubmitRequest = {
    ...{
      attemptId: 'att_1',
      messageId: 'msg_1',
      channel: 'sms',
      to: '+4915112345678',
      text: 'Ваш код 1',
      locale: 'ru',
    },
    ...{ validForSeconds: 3, reportUrl: addressOf('att_1'), reportMac: 'mac' },
  };

  /** What Vonage gets, and what its OpenAPI files, the one of today and the one before its Basic header, find wrong with it. */
  async function sends(over: object, asked: Partial<SubmitRequest> = {}) {
    const vendor = await FakeVendor.start();
    vendor.answers(answer(taken(MESSAGE_ID)));
    const provider = create(vendor.url, over);
    await provider.submit({ ...request, ...asked });
    await provider.close();
    await vendor.stop();
    const [received] = vendor.requests;
    if (!received) throw new Error('Nothing was sent.');
    const form = Object.fromEntries(new URLSearchParams(received.body.toString()));
    const today = await againstPublished('vonage-send-an-sms', received);
    const before = await againstPublished('vonage-send-an-sms-1.0', received);
    return { form, headers: received.headers, today, before };
  }

  it('sends what its OpenAPI files ask for', async () => {
    const sent = await sends({}, { from: '+491511234567' });
    expect(sent.form).toMatchObject({ type: 'unicode', text: 'Ваш код 1', ttl: '20000', from: '491511234567' });
    // The secret in the form is of the older one.
    expect(sent.today).toEqual(['unpublished api_secret']);
    expect(sent.before).toEqual([]);
    expect((await sends({}, { validForSeconds: 1e9 })).form).toMatchObject({ ttl: '604800000' });
  });

  it.each(['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const)(
    'signs with %s what it has no secret for',
    async (method) => {
      const { form, headers, today } = await sends({ ...signing, apiSecret: undefined, signatureMethod: method });
      expect(form).not.toHaveProperty('api_secret');
      expect(headers).not.toHaveProperty('authorization');
      expect(form['sig']).toBe(vonageSignature(form, { ...SIGNATURE, method }));
      expect(Math.abs(Number(form['timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
      // The file asks for the header that it forbids beside a signature, and for signatures shorter than those of two methods.
      const long = method === 'sha256' || method === 'sha512' ? ['/sig must NOT have more than 60 characters'] : [];
      expect(today).toEqual(['authorization', ...long]);
    },
  );

  it.each(Object.entries(WAYS))(
    'reads reports that come as %s, with the address alone where nothing is signed',
    async (_, way) => {
      const unsigned = create('http://127.0.0.1:1', {});
      const reads = { attemptId: 'att_1', providerMessageId: MESSAGE_ID, status: 'delivered' };
      expect(await unsigned.readReports(way('att_1', receipt({})))).toMatchObject([reads]);
      expect(await unsigned.readReports(way(null, receipt({})))).toBeNull();
      const signed = create('http://127.0.0.1:1', signing);
      expect(await signed.readReports(way('att_1', withSignature(receipt({}))))).toMatchObject([reads]);
      const sendsSigned = create('http://127.0.0.1:1', { ...signing, signedReports: false });
      expect(await sendsSigned.readReports(way('att_1', receipt({})))).toMatchObject([reads]);
    },
  );

  it('R31 the reference names the attempt where its address is too long for Vonage', async () => {
    const provider = `https://${'verification.'.repeat(5)}example.com/v1/reports/main`;
    const { form } = await sends({}, { reportUrl: `${provider}/att_1/mac` });
    expect(form).toMatchObject({ callback: provider, 'client-ref': 'att_1.mac' });
    const read = (said: Said) => create('http://127.0.0.1:1', {}).readReports(WAYS.JSON(null, receipt(said)));
    expect(await read({ 'client-ref': 'att_1.mac' })).toMatchObject([{ attemptId: 'att_1', status: 'delivered' }]);
    for (const reference of ['att_1.forged', 'att_1', 'att_1.', '.mac', 'att_1.mac.mac', ''])
      expect(await read({ 'client-ref': reference })).toBeNull();
  });

  it('matches a signed report at the account’s address by the vendor’s id', async () => {
    const said = WAYS.JSON(null, withSignature(receipt({})));
    const reports = await create('http://127.0.0.1:1', signing).readReports(said);
    expect(reports).toEqual([
      { providerId: 'main', providerMessageId: MESSAGE_ID, status: 'delivered', detail: 'delivered' },
    ]);
  });

  it.each(['+49151 +49152', '+4915112345678,+4915187654321', '4915112345678', '+49151&text=x', ''])(
    'one number and nothing else: %j is refused before anything is sent',
    async (to) => {
      expect(await create('http://127.0.0.1:1', {}).submit({ ...request, to })).toMatchObject({ failure: 'rejected' });
    },
  );

  it('an operator’s meanings go first, of errors and of statuses', async () => {
    const vendor = await FakeVendor.start();
    vendor.answers(answer({ status: '15', 'error-text': '' }));
    const statuses = { '1': { cause: 'other', transient: true }, buffered: 'delivered' };
    const provider = create(vendor.url, { errors: { '15': 'misconfigured' }, statuses });
    expect(await provider.submit(request)).toMatchObject({ failure: 'misconfigured', detail: '15' });
    const read = (said: Said) => provider.readReports(WAYS.GET('att_1', receipt(said)));
    expect(await read({ status: 'failed', 'err-code': '1' })).toMatchObject([{ ...passing('other') }]);
    expect(await read({ status: 'buffered' })).toMatchObject([{ status: 'delivered' }]);
    await provider.close();
    await vendor.stop();
  });

  it('what is no report is none', async () => {
    const inbound = { msisdn: '4915112345678', to: '49151', text: 'STOP', type: 'text', keyword: 'STOP' };
    expect(await create('http://127.0.0.1:1', {}).readReports(WAYS.GET('att_1', inbound))).toEqual([]);
  });

  it.each([
    [{ apiKey: 'a&b=c' }],
    [{ apiSecret: undefined }],
    [{ apiSecret: 'two\nlines' }],
    [{ signatureMethod: 'crc32' }],
    [{ from: undefined }],
    [{ from: 'twelve chars' }],
    [{ url: 'ftp://vonage' }],
    [{ channel: 'voice' }],
    [{ shell: 'sh' }],
  ])('its configuration refuses %o', (over) => {
    expect(vonage.schema.safeParse(entry).success).toBe(true);
    expect(vonage.schema.safeParse({ ...entry, ...over }).success).toBe(false);
  });
});
