import { createHash } from 'node:crypto';
import twilioSdk from 'twilio';
import { describe, expect, it } from 'vitest';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import { effectOf } from '../../src/delivery/domain/report-effect.js';
import type { Cause } from '../../src/delivery/domain/cause.js';
import type { Report, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { twilio } from '../../src/delivery/adapters/providers/twilio/twilio.js';
import { FakeVendor, type VendorAnswer } from '../support/fake-vendor.js';
import { providerContext } from '../support/provider-context.js';
import { againstPublished } from '../support/published-request.js';
import { addressOf } from '../support/vendor-callbacks.js';
import { providerContract } from './provider.contract.js';

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
const SERVICE = `MG${'0123456789abcdef'.repeat(2)}`;
const SID = `SM${'fedcba9876543210'.repeat(2)}`;
const TOKEN = 'f'.repeat(32);
const entry = { type: 'twilio', channel: 'sms', accountSid: ACCOUNT, authToken: TOKEN, from: '+491511234567' };
const create = (url: string, over: object = {}, context: ProviderContext = providerContext()) =>
  twilio.create('main', twilio.schema.parse({ ...entry, url, ...over }), context);

/** A callback as Twilio sends it, signed by Twilio's own package. */
function callback(attemptId: string, said: Record<string, string>, signedFor = addressOf(attemptId)): ReportRequest {
  const form = { SmsSid: SID, SmsStatus: said['MessageStatus'] ?? '', MessageSid: SID, AccountSid: ACCOUNT, ...said };
  const all = { ...form, From: '+491511234567', To: '+4915112345678', ApiVersion: '2010-04-01' };
  return {
    ...{ method: 'POST', url: addressOf(attemptId), query: {}, attemptId },
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': twilioSdk.getExpectedTwilioSignature(TOKEN, signedFor, all),
    },
    rawBody: Buffer.from(new URLSearchParams(all).toString()),
  };
}
const delivered = (attemptId: string) =>
  callback(attemptId, { MessageStatus: 'delivered', RawDlrDoneDate: '2303072155' });

const refused = (failure: 'rejected' | 'throttled' | 'misconfigured', cause: Cause, detail: string): SubmitOutcome => ({
  ...({ kind: 'refused', failure, cause, detail } as const),
});
const ofOneMessage = (detail: string): SubmitOutcome => ({
  ...{ kind: 'refused', failure: 'misconfigured', cause: 'provider', scope: 'message', detail },
});
const error = (status: number, code: number): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ code, message: 'In words: "code": 21211', more_info: 'https://www.twilio.com/docs', status }),
});

providerContract({
  name: 'Twilio',
  create: (url, context) => create(url, {}, context),
  submit: { channel: 'sms', to: '+4915112345678', text: 'Your code is 012345 & more=1.' },
  accepted: {
    status: 201,
    body: JSON.stringify(
      { account_sid: ACCOUNT, body: 'Your code', error_code: null, sid: SID, status: 'queued' },
      null,
      2,
    ),
  },
  expectRequest: ({ headers, body }, { reportUrl }) => {
    expect(headers).toMatchObject({
      authorization: `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
      ...{ To: '+4915112345678', From: '+491511234567', Body: 'Your code is 012345 & more=1.', SmartEncoded: 'false' },
      ...{ ValidityPeriod: '290', StatusCallback: `${reportUrl}#rc=5&rp=all` },
    });
  },
  answers: [
    [
      { status: 201, body: `{"sid":"${SID}"}` },
      { kind: 'accepted', providerMessageId: SID, detail: 'created' },
    ],
    [
      { status: 200, body: `{"sid": "${SID}"}` },
      { kind: 'accepted', providerMessageId: SID, detail: 'created' },
    ],
    [{ status: 201 }, { kind: 'accepted', detail: 'created' }],
    [error(400, 21211), refused('rejected', 'unknown-number', '21211')],
    [error(400, 21610), refused('rejected', 'blocked', '21610')],
    [error(400, 21612), refused('rejected', 'blocked', '21612')],
    [error(400, 21614), refused('rejected', 'landline', '21614')],
    [error(403, 21408), refused('rejected', 'blocked', '21408')],
    [error(400, 21606), ofOneMessage('21606')],
    [error(400, 21659), ofOneMessage('21659')],
    [error(400, 21611), refused('throttled', 'provider', '21611')],
    [error(401, 20003), refused('misconfigured', 'provider', '20003')],
    [error(404, 20404), refused('misconfigured', 'provider', '20404')],
    [error(429, 20429), refused('throttled', 'provider', '20429')],
    [error(429, 29999), refused('throttled', 'provider', '429')],
    [error(400, 21999), ofOneMessage('21999')],
    [error(403, 20999), refused('misconfigured', 'provider', '20999')],
    [error(503, 20503), refused('throttled', 'provider', '503')],
    [
      { status: 504, body: 'upstream timed out' },
      { kind: 'ambiguous', detail: 'answer 504' },
    ],
  ],
  genuine: delivered,
  forged: {
    'a report without a signature': (id) => ({ ...delivered(id), headers: {} }),
    'one with another account’s': (id) => ({
      ...delivered(id),
      headers: { 'x-twilio-signature': twilioSdk.getExpectedTwilioSignature('other', addressOf(id), {}) },
    }),
    'one with a changed status': (id) => {
      const said = delivered(id);
      return { ...said, rawBody: Buffer.from(said.rawBody.toString().replace('=delivered', '=undelivered')) };
    },
    'one with one more parameter': (id) => {
      const said = delivered(id);
      return { ...said, rawBody: Buffer.from(`${said.rawBody.toString()}&ErrorCode=30005`) };
    },
    'one about another attempt': (id) => ({ ...delivered('att_0'), url: addressOf(id), attemptId: id }),
    'one for another host': (id) => callback(id, { MessageStatus: 'sent' }, addressOf(id).replace('einmal', 'other')),
    'one whose status stands in the address': (id) => {
      const said = delivered(id);
      return { ...said, url: `${said.url}?MessageStatus=failed`, query: { MessageStatus: 'failed' } };
    },
    'one in JSON that only its address is signed for': (id) => {
      const rawBody = Buffer.from('{"MessageStatus":"delivered"}');
      return { ...callback(id, {}), headers: { 'x-twilio-signature': emptySignature(id) }, rawBody };
    },
  },
  statuses: Object.fromEntries(
    (
      [
        ...['accepted', 'scheduled', 'queued', 'sending', 'sent', 'partially_delivered'].map((word) => [
          word,
          undefined,
          { status: 'underway', detail: word },
        ]),
        ['delivered', undefined, { status: 'delivered', detail: 'delivered' }],
        ['read', undefined, { status: 'delivered' }],
        // It does happen; the status is what counts.
        ['delivered', '30008', { status: 'delivered', detail: 'delivered 30008' }],
        ['undelivered', '30001', { status: 'failed', cause: 'provider', transient: true }],
        [
          'undelivered',
          '30003',
          { status: 'failed', cause: 'unreachable', transient: true, detail: 'undelivered 30003' },
        ],
        ['undelivered', '30004', { status: 'failed', cause: 'blocked' }],
        ['undelivered', '30005', { status: 'failed', cause: 'unknown-number' }],
        ['undelivered', '30006', { status: 'failed', cause: 'landline' }],
        ['undelivered', '30007', { status: 'failed', cause: 'blocked' }],
        ['undelivered', '30008', { status: 'failed', cause: 'other', transient: true }],
        ['undelivered', '30009', { status: 'failed', cause: 'other', transient: true }],
        ['undelivered', '30034', { status: 'failed', cause: 'blocked' }],
        ['failed', '30003', { status: 'failed', cause: 'unreachable', transient: true }],
        ['failed', '30008', { status: 'failed', cause: 'other', transient: true }],
        ['failed', '30036', { status: 'failed', cause: 'expired', transient: true }],
        ['undelivered', '39999', { status: 'failed', cause: 'other', transient: true }],
        ['undelivered', undefined, { status: 'failed', cause: 'other', transient: true }],
        ['failed', undefined, { status: 'failed', cause: 'other' }],
        ['failed', '', { status: 'failed', cause: 'other', detail: 'failed' }],
        ['failed', 'null', { status: 'failed', cause: 'other', detail: 'failed' }],
        ['canceled', undefined, { status: 'failed', cause: 'provider', transient: true }],
        ['teleported', undefined, { status: 'unknown', detail: 'teleported' }],
        ['teleported', '30005', { status: 'failed', cause: 'unknown-number' }],
      ] as [string, string | undefined, Partial<Report>][]
    ).map(([word, code, reads]) => [
      `${word} ${code ?? 'without a code'}`,
      {
        report: (attemptId: string) =>
          callback(attemptId, { MessageStatus: word, ...(code !== undefined && { ErrorCode: code }) }),
        reads: { providerMessageId: SID, ...reads },
      },
    ]),
  ),
});

const emptySignature = (attemptId: string) => twilioSdk.getExpectedTwilioSignature(TOKEN, addressOf(attemptId), {});

describe('Twilio', () => {
  const request: SubmitRequest = {
    ...{
      attemptId: 'att_1',
      messageId: 'msg_1',
      channel: 'sms',
      to: '+4915112345678',
      text: 'Ваш код 1',
      locale: 'ru',
    },
    ...{ validForSeconds: 0.2, reportUrl: addressOf('att_1'), reportMac: 'mac' },
  };

  /** What Twilio gets, by its own OpenAPI file. */
  async function sends(over: object, asked: Partial<SubmitRequest> = {}) {
    const vendor = await FakeVendor.start();
    vendor.answers({ status: 201 });
    const provider = create(vendor.url, over);
    await provider.submit({ ...request, ...asked });
    await provider.close();
    await vendor.stop();
    const [received] = vendor.requests;
    if (!received) throw new Error('Nothing was sent.');
    expect(await againstPublished('twilio-create-message', received)).toEqual([]);
    return { ...received, form: Object.fromEntries(new URLSearchParams(received.body.toString())) };
  }

  it('sends what its OpenAPI file asks for, in any configuration', async () => {
    const key = { apiKeySid: `SK${'0'.repeat(32)}`, apiKeySecret: 'k3y' };
    expect((await sends(key)).headers.authorization).toBe(
      `Basic ${Buffer.from(`${key.apiKeySid}:k3y`).toString('base64')}`,
    );
    expect((await sends({})).form).toMatchObject({ From: '+491511234567', ValidityPeriod: '1', Body: 'Ваш код 1' });
    expect((await sends({}, { validForSeconds: 90_000.5 })).form).toMatchObject({ ValidityPeriod: '14400' });
    const service = { from: undefined, messagingServiceSid: SERVICE };
    expect((await sends(service)).form).not.toHaveProperty('From');
    expect((await sends(service, { from: 'Shop 24' })).form).toMatchObject({
      From: 'Shop 24',
      MessagingServiceSid: SERVICE,
    });
    expect((await sends({ from: '491511234567' })).form).toMatchObject({ From: '+491511234567' });
    expect((await sends({}, { from: '72727' })).form).toMatchObject({ From: '72727' });
  });

  it.each(['+49151 +49152', '+4915112345678,+4915187654321', '4915112345678', 'whatsapp:+4915112345678', ''])(
    'one number and nothing else: %j is refused before anything is sent',
    async (to) => {
      expect(await create('http://127.0.0.1:1').submit({ ...request, to })).toMatchObject({ failure: 'rejected' });
    },
  );

  it('an operator’s meanings go first, of errors and of statuses', async () => {
    const vendor = await FakeVendor.start();
    vendor.answers(error(400, 21408));
    const over = { errors: { 21408: 'misconfigured' }, statuses: { 30003: 'blocked', sent: 'delivered' } };
    const provider = create(vendor.url, over);
    expect(await provider.submit(request)).toEqual(refused('misconfigured', 'provider', '21408'));
    const failed = callback('att_1', { MessageStatus: 'undelivered', ErrorCode: '30003' });
    expect(await provider.readReports(failed)).toMatchObject([{ status: 'failed', cause: 'blocked' }]);
    expect(await provider.readReports(callback('att_1', { MessageStatus: 'sent' }))).toMatchObject([
      { status: 'delivered' },
    ]);
    await provider.close();
    await vendor.stop();
  });

  it('R31 a report is genuine whether its address was signed with the fragment, with a port, as GET or as JSON', async () => {
    const provider = create('http://127.0.0.1:1');
    const url = addressOf('att_1');
    for (const signedFor of [`${url}#rc=5&rp=all`, url.replace('example', 'example:443')])
      expect(await provider.readReports(callback('att_1', { MessageStatus: 'sent' }, signedFor))).toHaveLength(1);
    const sign = (address: string) => ({
      'x-twilio-signature': twilioSdk.getExpectedTwilioSignature(TOKEN, address, {}),
    });
    const asked = `${url}?MessageSid=${SID}&MessageStatus=delivered`;
    const get = {
      method: 'GET',
      url: asked,
      query: {},
      headers: sign(asked),
      rawBody: Buffer.alloc(0),
      attemptId: 'att_1',
    };
    expect(await provider.readReports(get)).toMatchObject([{ status: 'delivered', providerMessageId: SID }]);
    const rawBody = Buffer.from(JSON.stringify({ MessageSid: SID, MessageStatus: 'undelivered', ErrorCode: 30005 }));
    const bodySHA256 = createHash('sha256').update(rawBody).digest('hex');
    const hashed = `${url}?bodySHA256=${bodySHA256}`;
    const json = { ...get, method: 'POST', url: hashed, query: { bodySHA256 }, headers: sign(hashed), rawBody };
    expect(await provider.readReports(json)).toMatchObject([{ cause: 'unknown-number' }]);
    expect(await provider.readReports({ ...json, rawBody: Buffer.from('{}') })).toBeNull();
  });

  it('R32 a later report without a code erases nothing', async () => {
    const provider = create('http://127.0.0.1:1');
    const [first] =
      (await provider.readReports(callback('att_1', { MessageStatus: 'undelivered', ErrorCode: '30006' }))) ?? [];
    const [later] = (await provider.readReports(callback('att_1', { MessageStatus: 'undelivered' }))) ?? [];
    if (!first || !later) throw new Error('Nothing was read.');
    // Another report, not the same one again; and the delivery has ended, so that its cause stays.
    expect(later.detail).not.toBe(first.detail);
    expect(effectOf({ status: 'failed', attemptId: 'att_1' }, later)).toEqual({ kind: 'none', because: 'final' });
  });

  it('what is no report is none', async () => {
    expect(await create('http://127.0.0.1:1').readReports(callback('att_1', { SmsStatus: '', Body: 'STOP' }))).toEqual(
      [],
    );
  });

  it.each([
    [{ accountSid: 'AC1' }],
    [{ accountSid: `${ACCOUNT}/..` }],
    [{ authToken: 'two\nlines' }],
    [{ authToken: undefined }],
    [{ from: undefined }],
    [{ from: 'twelve chars' }],
    [{ messagingServiceSid: 'MG1' }],
    [{ apiKeySid: `SK${'0'.repeat(32)}` }],
    [{ url: 'ftp://twilio' }],
    [{ statuses: { sent: 'arrived' } }],
    [{ shell: 'sh' }],
  ])('its configuration refuses %o', (over) => {
    expect(twilio.schema.safeParse(entry).success).toBe(true);
    expect(twilio.schema.safeParse({ ...entry, ...over }).success).toBe(false);
  });
});
