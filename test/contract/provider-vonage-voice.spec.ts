import { tokenGenerate, verifySignature } from '@vonage/jwt';
import { decodeJwt, jwtVerify } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Saying } from '../../src/delivery/application/ports.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { vonageVoice } from '../../src/delivery/adapters/providers/vonage/vonage-voice.js';
import { VONAGE_VOICES } from '../../src/delivery/adapters/providers/vonage/vonage-voices.js';
import { BUILT_IN } from '../../src/verification/domain/built-in-words.js';
import { placedByVonage, saidDigits, vonageToken } from '../support/calls.js';
import { FakeVendor, type VendorAnswer, type VendorRequest } from '../support/fake-vendor.js';
import { providerContext } from '../support/provider-context.js';
import { againstPublished } from '../support/published-request.js';
import { addressOf, QUESTION, reads, SPEECH, withoutAttempt, type Reads } from '../support/vendor-callbacks.js';
import { providerContract } from './provider.contract.js';

const UUID = '63f61863-4a51-4f6b-86e1-000000000001';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ACCOUNT = { applicationId: '0f2b7a3c-1111-4222-8333-444455556666', signatureSecret: 'a secret for signatures' };
const entry = { type: 'vonage-voice', channel: 'voice', from: '+4930123456', privateKey: PEM, ...ACCOUNT };
const create = (url: string, over: object = {}, context: ProviderContext = providerContext()) =>
  vonageVoice.create('main', vonageVoice.schema.parse({ ...entry, url, ...over }), context);

const WAITING = `${addressOf('att_1')}?waits=key`;

/** An event of a call as Vonage sends it. */
function event(
  attemptId: string,
  said: Record<string, unknown>,
  how: { url?: string } & NonNullable<Parameters<typeof vonageToken>[2]> = {},
): ReportRequest {
  const { url = addressOf(attemptId), ...over } = how;
  const call = { uuid: UUID, conversation_uuid: `CON-${UUID}`, from: '4930123456', to: '4915112345678' };
  const body = JSON.stringify({ ...call, direction: 'outbound', timestamp: '2026-11-23T02:40:18.000Z', ...said });
  return {
    ...{ method: 'POST', url, query: Object.fromEntries(new URL(url).searchParams), attemptId },
    headers: { 'content-type': 'application/json', authorization: `Bearer ${vonageToken(ACCOUNT, body, over)}` },
    rawBody: Buffer.from(body),
  };
}
const completed = (attemptId: string) => event(attemptId, { status: 'completed', duration: '21', price: '0.01' });
const changed = (request: ReportRequest, from: string, to: string) => ({
  ...request,
  rawBody: Buffer.from(request.rawBody.toString().replace(from, to)),
});
const secondsAway = (seconds: number) => ({ claims: { iat: Math.floor(Date.now() / 1_000) + seconds } });

const refused = (
  status: number,
  failure: 'quota' | 'throttled' | 'misconfigured',
  scope?: 'message',
): [VendorAnswer, SubmitOutcome] => [
  { status, body: JSON.stringify({ title: 'In words', detail: 'to +4915112345678' }) },
  { kind: 'refused', failure, cause: 'provider', detail: String(status), ...(scope && { scope }) },
];

const STATUSES: Record<string, Reads<Record<string, unknown>>> = {
  started: [{ status: 'started' }, 'underway'],
  ringing: [{ status: 'ringing' }, 'underway'],
  answered: [{ status: 'answered', start_time: null }, 'underway'],
  completed: [{ status: 'completed', duration: '21' }, 'delivered'],
  busy: [{ status: 'busy', sip_code: 486 }, 'failed', 'busy'],
  cancelled: [{ status: 'cancelled' }, 'failed', 'no-answer'],
  unanswered: [{ status: 'unanswered' }, 'failed', 'no-answer'],
  'unanswered, in time': [{ status: 'unanswered', detail: 'timeout' }, 'failed', 'no-answer'],
  'unanswered, away': [{ status: 'unanswered', detail: 'unavailable' }, 'failed', 'unreachable'],
  timeout: [{ status: 'timeout' }, 'failed', 'no-answer'],
  rejected: [{ status: 'rejected' }, 'failed', 'blocked'],
  'rejected by the network': [{ status: 'rejected', detail: 'restricted' }, 'failed', 'blocked'],
  'rejected by who was called': [{ status: 'rejected', detail: 'declined' }, 'failed', 'no-answer'],
  'rejected as no number': [{ status: 'rejected', detail: 'invalid_number' }, 'failed', 'unknown-number'],
  failed: [{ status: 'failed' }, 'failed', 'other'],
  'failed, no such number': [{ status: 'failed', sip_code: 404 }, 'failed', 'unknown-number'],
  'failed, out of service': [{ status: 'failed', detail: 'number_out_of_service' }, 'failed', 'unknown-number'],
  'failed, the route': [{ status: 'failed', detail: 'cannot_route' }, 'failed', 'provider'],
  machine: [{ status: 'machine' }, 'failed', 'no-answer'],
  disconnected: [{ status: 'disconnected' }, 'unknown'],
  'completed after nobody answered': [{ status: 'completed', duration: '0' }, 'unknown'],
  'completed without a word of how long': [{ status: 'completed' }, 'unknown'],
  'a word nobody documented': [{ status: 'teleported' }, 'unknown'],
};

const bodyOf = ({ body }: VendorRequest) => JSON.parse(body.toString()) as Record<string, unknown>;

providerContract({
  name: 'Vonage’s calls',
  create: (url, context) => create(url, {}, context),
  submit: { channel: 'voice', to: '+4915112345678', text: 'Your Shop code is 012345.', speech: SPEECH },
  accepted: placedByVonage(),
  expectRequest: (request, { reportUrl }) => {
    const { ncco, ...call } = bodyOf(request);
    expect(call).toEqual({
      to: [{ type: 'phone', number: '4915112345678' }],
      from: { type: 'phone', number: '4930123456' },
      ...{ event_url: [reportUrl], event_method: 'POST', ringing_timer: 30, length_timer: 120 },
    });
    const digits =
      '0<break time="500ms"/>1<break time="500ms"/>2<break time="500ms"/>3<break time="500ms"/>4<break time="500ms"/>5';
    const text = `<speak><break time="1s"/>Your Shop code is ${digits}. Once more: ${digits}.</speak>`;
    expect(ncco).toEqual([{ action: 'talk', text, language: 'en-US', style: 0 }]);
  },
  answers: [
    [placedByVonage(), { kind: 'accepted', providerMessageId: UUID, detail: 'created' }],
    refused(400, 'misconfigured', 'message'),
    refused(401, 'misconfigured'),
    refused(402, 'quota'),
    refused(403, 'misconfigured'),
    refused(404, 'misconfigured', 'message'),
    refused(429, 'throttled'),
    [{ status: 504 }, { kind: 'ambiguous', detail: 'answer 504' }],
  ],
  genuine: completed,
  forged: {
    'a report without a token': (id) => ({ ...completed(id), headers: {} }),
    'one of another account': (id) => {
      const said = completed(id);
      const token = vonageToken({ ...ACCOUNT, signatureSecret: 'other' }, said.rawBody.toString());
      return { ...said, headers: { authorization: `Bearer ${token}` } };
    },
    'one of another application': (id) => event(id, { status: 'busy' }, { claims: { application_id: 'other' } }),
    'one that names no account': (id) => event(id, { status: 'busy' }, { claims: { application_id: undefined } }),
    'one with a changed body': (id) => changed(completed(id), '"completed"', '"busy"'),
    'one that says nothing of its body': (id) => event(id, { status: 'busy' }, { claims: { payload_hash: undefined } }),
    'one of six minutes ago': (id) => event(id, { status: 'busy' }, secondsAway(-360)),
    'one of the future': (id) => event(id, { status: 'busy' }, secondsAway(360)),
    'one that says nothing of its time': (id) => event(id, { status: 'busy' }, { claims: { iat: undefined } }),
    'one that is not signed': (id) => event(id, { status: 'busy' }, { header: { alg: 'none' } }),
    'one signed for another algorithm': (id) => event(id, { status: 'busy' }, { header: { alg: 'HS512' } }),
    'one at an address without an attempt': (id) => withoutAttempt(completed(id)),
  },
  statuses: Object.fromEntries(
    Object.entries(STATUSES).map(([word, row]) => [
      word,
      { report: (id: string) => event(id, row[0]), reads: reads(row) },
    ]),
  ),
});

describe('Vonage’s calls', () => {
  let vendor: FakeVendor;
  beforeAll(async () => {
    vendor = await FakeVendor.start();
    vendor.answers(placedByVonage());
  });
  afterAll(() => vendor.stop());

  const message: SubmitRequest = {
    ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'voice', to: '+4915112345678', text: '', speech: SPEECH },
    ...{ locale: 'en', validForSeconds: 290, reportUrl: addressOf('att_1'), reportMac: 'mac' },
  };
  async function sends(over: Partial<SubmitRequest> = {}, options: object = {}) {
    const provider = create(vendor.url, options);
    vendor.requests.length = 0;
    expect(await provider.submit({ ...message, ...over })).toMatchObject({ kind: 'accepted' });
    await provider.close();
    const [received] = vendor.requests;
    if (!received) throw new Error('Nothing was sent.');
    expect(await againstPublished('vonage-create-call', received)).toEqual([]);
    const [, token = ''] = (received.headers.authorization ?? '').split(' ');
    return { ...bodyOf(received), token } as { token: string; ncco: Record<string, unknown>[] } & Record<
      string,
      unknown
    >;
  }

  it('are what its OpenAPI file asks for, in any configuration', async () => {
    expect(await sends({}, { ringSeconds: 45 })).toMatchObject({ ringing_timer: 45 });
    expect(await sends({ validForSeconds: 42.7 })).toMatchObject({ ringing_timer: 22 });
    expect(await sends({ from: '+4940987654' })).toMatchObject({ from: { number: '4940987654' } });
    expect(await sends({ from: 'Shop' })).toMatchObject({ from: { number: '4930123456' } });
    expect(await sends({}, { machineDetection: true })).toMatchObject({ machine_detection: 'hangup' });
  });

  it('bring a token of the application, as its own package would have made it, each another', async () => {
    const [{ token }, other] = [await sends(), await sends({}, { privateKey: PEM.replaceAll('\n', '\\n') })];
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(verifySignature(token, pem)).toBe(true);
    const { payload, protectedHeader } = await jwtVerify(token, publicKey);
    const theirs = decodeJwt(tokenGenerate(ACCOUNT.applicationId, PEM));
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(Object.keys(payload).sort()).toEqual(Object.keys(theirs).sort());
    expect(payload).toMatchObject({ application_id: ACCOUNT.applicationId });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
    expect(decodeJwt(other.token).jti).not.toBe(payload.jti);
  });

  it('R31 are reported with tokens that its own package takes', () => {
    const token = vonageToken(ACCOUNT, '{}');
    expect(verifySignature(token, ACCOUNT.signatureSecret)).toBe(true);
    expect(verifySignature(token, 'other')).toBe(false);
  });

  it.each([
    ['with blanks in between', { claims: {} }, (text: string) => JSON.stringify(JSON.parse(text), null, 2)],
    ['four minutes late', secondsAway(-240), (text: string) => text],
    ['four minutes early', secondsAway(240), (text: string) => text],
    ['by the account alone', { claims: { application_id: undefined, api_key: 'abcd1234' } }, (text: string) => text],
  ])('are reported %s', async (_, how, rewritten) => {
    const said = event('att_1', { status: 'busy' }, how);
    const request = { ...said, rawBody: Buffer.from(rewritten(said.rawBody.toString())) };
    expect(await create(vendor.url, { apiKey: 'abcd1234' }).readReports(request)).toMatchObject([{ cause: 'busy' }]);
  });

  it.each([{ api_key: 'another' }, { application_id: undefined, api_key: 'another' }])(
    'R31 are not reported by the account %o',
    async (claims) => {
      const said = event('att_1', { status: 'busy' }, { claims });
      expect(await create(vendor.url, { apiKey: 'abcd1234' }).readReports(said)).toBeNull();
    },
  );

  it('R37 hold no code where a key is asked for, and ask for it twice', async () => {
    const speech = ['This is A&B <"Shop">. Press 1 to hear your code.'];
    const { ncco, event_url } = await sends({ speech, keyPress: true, keyPressUrl: QUESTION });
    expect(event_url).toEqual([WAITING]);
    const escaped = 'This is A&amp;B &lt;&quot;Shop&quot;&gt;. Press 1 to hear your code.';
    expect(ncco).toMatchObject([
      { action: 'talk', text: expect.stringContaining(escaped) as string, loop: 2, bargeIn: true },
      { action: 'input', type: ['dtmf'], dtmf: { maxDigits: 1 }, eventUrl: [QUESTION], eventMethod: 'POST' },
    ]);
  });

  it('have voices for what Vonage’s OpenAPI file names, and refuse another language', async () => {
    for (const locale of Object.keys(VONAGE_VOICES)) await sends({ locale });
    const outcome = await create(vendor.url).submit({ ...message, locale: 'sw' });
    expect(outcome).toMatchObject({ failure: 'rejected', detail: 'no voice for the language' });
  });

  it.each(Object.keys(BUILT_IN))('speak %s, which built-in words are in', async (locale) => {
    const { ncco } = await sends({ locale });
    expect(ncco[0]).toMatchObject({ ...VONAGE_VOICES[locale] });
    expect(String(ncco[0]?.['language']).replace(/^cmn/, 'zh').slice(0, 2)).toBe(locale.slice(0, 2));
  });

  it('R32 end where nobody answered, in whichever order that is said', async () => {
    const provider = create(vendor.url);
    const said = [
      { status: 'completed', duration: '0' },
      { status: 'unanswered' },
      { status: 'completed', duration: '0' },
    ];
    const statuses: unknown[] = [];
    for (const one of said) statuses.push((await provider.readReports(event('att_1', one)))?.[0]?.status);
    expect(statuses).toEqual(['unknown', 'failed', 'unknown']);
  });

  it.each([
    [
      {},
      { status: 'completed', duration: '12' },
      { status: 'failed', cause: 'no-answer', detail: 'completed without key' },
    ],
    [{}, { status: 'completed', duration: '0' }, { status: 'unknown' }],
    [{}, { status: 'human' }, { status: 'underway' }],
    [{}, { status: 'busy' }, { status: 'failed', cause: 'busy' }],
    [{ statuses: { busy: 'unknown' } }, { status: 'busy' }, { status: 'unknown' }],
  ])('R37 that wait for their key are reported %o %o', async (options, said, expected) => {
    const provider = create(vendor.url, options);
    expect(await provider.readReports(event('att_1', said, { url: WAITING }))).toMatchObject([expected]);
  });

  it.each([
    [{ status: 'completed', duration: '12' }, { status: 'unknown' }],
    [{ status: 'human' }, { status: 'delivered' }],
    [{ status: 'machine' }, { status: 'failed', cause: 'no-answer' }],
  ])('with machine detection are reported %o', async (said, expected) => {
    const provider = create(vendor.url, { machineDetection: true });
    expect(await provider.readReports(event('att_1', said))).toMatchObject([expected]);
  });

  it('are not reported by events of another kind', async () => {
    expect(await create(vendor.url).readReports(event('att_1', { dtmf: { digits: '1' } }))).toEqual([]);
  });

  describe('R37 whose key was pressed', () => {
    const saying: Saying = { kind: 'said', speech: SPEECH, locale: 'de-AT' };
    const ask = async (request: ReportRequest) => {
      let asked = 0;
      const say = () => Promise.resolve((asked += 1) > 0 ? saying : null);
      return { answer: await create(vendor.url).answerCall(request, say), asked };
    };
    const question = (said: object, how = {}) => event('att_1', { ...said }, { url: QUESTION, ...how });

    it.each([{ dtmf: { digits: '1', timed_out: false } }, { dtmf: '1' }])(
      'go on with what is to be heard: %o',
      async (said) => {
        const { answer } = await ask(question(said));
        expect(answer?.contentType).toMatch(/^application\/json/);
        expect(JSON.parse(answer?.body ?? '')).toMatchObject([{ action: 'talk', language: 'de-DE' }]);
        expect(saidDigits(answer?.body ?? '')).toEqual(['012345', '012345']);
      },
    );

    it.each([{ dtmf: { digits: '2' } }, { dtmf: { digits: '', timed_out: true } }, { dtmf: null }, {}])(
      'but by %o end, and no code is made',
      async (said) => {
        expect(await ask(question(said))).toMatchObject({ answer: { body: '[]' }, asked: 0 });
      },
    );

    it.each([
      ['later', question({ dtmf: { digits: '1' } }, secondsAway(-301))],
      ['by another application', question({ dtmf: { digits: '1' } }, { claims: { application_id: 'other' } })],
      ['with another body', changed(question({ dtmf: { digits: '2' } }), '"2"', '"1"')],
      ['without a token', { ...question({ dtmf: { digits: '1' } }), headers: {} }],
    ])('R31 are told to nobody else: %s', async (_, request) => {
      expect(await ask(request)).toEqual({ answer: null, asked: 0 });
    });
  });

  it.each([
    [{ from: 'Shop' }],
    [{ applicationId: 'shop' }],
    [{ privateKey: 'a key' }],
    [{ privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) }],
    [{ privateKey: undefined }],
    [{ signatureSecret: '' }],
    [{ apiKey: 'a b' }],
    [{ ringSeconds: 61 }],
    [{ channel: 'sms' }],
    [{ style: 2 }],
  ])('its configuration refuses %o', (over) => {
    expect(vonageVoice.schema.safeParse(entry).success).toBe(true);
    expect(vonageVoice.schema.safeParse({ ...entry, ...over }).success).toBe(false);
  });
});
