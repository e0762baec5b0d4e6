import { readFileSync } from 'node:fs';
import twilioSdk from 'twilio';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Saying } from '../../src/delivery/application/ports.js';
import type { Cause } from '../../src/delivery/domain/cause.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { twilioVoice } from '../../src/delivery/adapters/providers/twilio/twilio-voice.js';
import { TWILIO_VOICES } from '../../src/delivery/adapters/providers/twilio/twilio-voices.js';
import { BUILT_IN } from '../../src/verification/domain/built-in-words.js';
import { formOf, saidDigits } from '../support/calls.js';
import { FakeVendor, type VendorAnswer } from '../support/fake-vendor.js';
import { providerContext } from '../support/provider-context.js';
import { againstPublished } from '../support/published-request.js';
import { isXml } from '../support/xml.js';
import { addressOf, QUESTION, reads, SPEECH, withoutAttempt, type Reads } from '../support/vendor-callbacks.js';
import { providerContract } from './provider.contract.js';

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
const SID = `CA${'fedcba9876543210'.repeat(2)}`;
const TOKEN = 'f'.repeat(32);
const entry = { type: 'twilio-voice', channel: 'voice', accountSid: ACCOUNT, authToken: TOKEN, from: '+4930123456' };
const create = (url: string, over: object = {}, context: ProviderContext = providerContext()) =>
  twilioVoice.create('main', twilioVoice.schema.parse({ ...entry, url, ...over }), context);

interface Said {
  url?: string;
  signedFor?: string;
  token?: string;
}

/** A callback about a call as Twilio sends it, signed by Twilio's own package. */
function callback(attemptId: string, said: Record<string, string>, how: Said = {}): ReportRequest {
  const { url = addressOf(attemptId), signedFor = url, token = TOKEN } = how;
  const all = { CallSid: SID, AccountSid: ACCOUNT, From: '+4930123456', To: '+4915112345678', ...said };
  return {
    ...{ method: 'POST', url, query: Object.fromEntries(new URL(url).searchParams), attemptId },
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': twilioSdk.getExpectedTwilioSignature(token, signedFor, all),
    },
    rawBody: Buffer.from(new URLSearchParams(all).toString()),
  };
}
const completed = (attemptId: string) =>
  callback(attemptId, { CallStatus: 'completed', CallDuration: '21', SequenceNumber: '3' });

const refused = (
  failure: 'rejected' | 'throttled' | 'misconfigured',
  cause: Cause,
  detail: string,
): [VendorAnswer, SubmitOutcome] => [
  { status: failure === 'throttled' ? 429 : 400, body: JSON.stringify({ code: Number(detail), message: 'In words' }) },
  { kind: 'refused', failure, cause, detail },
];
const ofOneCall = (detail: string): [VendorAnswer, SubmitOutcome] => [
  { status: 400, body: JSON.stringify({ code: Number(detail) }) },
  { kind: 'refused', failure: 'misconfigured', cause: 'provider', scope: 'message', detail },
];

const STATUSES: Record<string, Reads<Record<string, string>>> = {
  initiated: [{ CallStatus: 'initiated' }, 'underway'],
  queued: [{ CallStatus: 'queued' }, 'underway'],
  ringing: [{ CallStatus: 'ringing', SequenceNumber: '1' }, 'underway'],
  'in-progress': [{ CallStatus: 'in-progress', SequenceNumber: '2' }, 'underway'],
  completed: [{ CallStatus: 'completed', SequenceNumber: '3' }, 'delivered'],
  busy: [{ CallStatus: 'busy', SipResponseCode: '486' }, 'failed', 'busy'],
  'no-answer': [{ CallStatus: 'no-answer' }, 'failed', 'no-answer'],
  canceled: [{ CallStatus: 'canceled' }, 'failed', 'other'],
  failed: [{ CallStatus: 'failed' }, 'failed', 'other'],
  'failed, no such number': [{ CallStatus: 'failed', SipResponseCode: '404' }, 'failed', 'unknown-number'],
  'failed, the route': [{ CallStatus: 'failed', SipResponseCode: '503' }, 'failed', 'provider'],
  ...Object.fromEntries(
    ['501', '505', '580', '606'].map((SipResponseCode): [string, Reads<Record<string, string>>] => [
      `failed, SIP ${SipResponseCode}`,
      [{ CallStatus: 'failed', SipResponseCode }, 'failed', 'provider'],
    ]),
  ),
  'failed, who knows': [{ CallStatus: 'failed', SipResponseCode: '499' }, 'failed', 'other'],
  machine_start: [{ AnsweredBy: 'machine_start' }, 'failed', 'no-answer'],
  'a machine, at the end': [{ CallStatus: 'completed', AnsweredBy: 'machine_end_beep' }, 'failed', 'no-answer'],
  fax: [{ AnsweredBy: 'fax' }, 'failed', 'no-answer'],
  'nobody knows who': [{ AnsweredBy: 'unknown' }, 'underway'],
  'a word nobody documented': [{ CallStatus: 'teleported' }, 'unknown'],
};

providerContract({
  name: 'Twilio’s calls',
  create: (url, context) => create(url, {}, context),
  submit: { channel: 'voice', to: '+4915112345678', text: 'Your Shop code is 012345.', speech: SPEECH },
  accepted: { status: 201, body: JSON.stringify({ account_sid: ACCOUNT, status: 'queued', sid: SID }, null, 2) },
  expectRequest: (request, { reportUrl }) => {
    const { Twiml, ...form } = Object.fromEntries(formOf(request));
    expect(form).toEqual({
      ...{ To: '+4915112345678', From: '+4930123456', Timeout: '30', TimeLimit: '120' },
      ...{ StatusCallback: `${reportUrl}#rc=5&rp=all`, StatusCallbackMethod: 'POST', StatusCallbackEvent: 'completed' },
    });
    expect(formOf(request).getAll('StatusCallbackEvent')).toEqual(['ringing', 'answered', 'completed']);
    expect(saidDigits(Twiml ?? '')).toEqual(['012345', '012345']);
    expect(Twiml).toContain('<Say language="en-US" voice="Polly.Joanna">Your Shop code is 0<break time="500ms"/>1');
  },
  answers: [
    [
      { status: 201, body: `{"sid":"${SID}"}` },
      { kind: 'accepted', providerMessageId: SID, detail: 'created' },
    ],
    refused('rejected', 'unknown-number', '21211'),
    refused('rejected', 'unknown-number', '21217'),
    refused('rejected', 'blocked', '21215'),
    refused('rejected', 'blocked', '21216'),
    ofOneCall('21210'),
    refused('misconfigured', 'provider', '20003'),
    refused('throttled', 'provider', '20429'),
    refused('throttled', 'provider', '10004'),
    ofOneCall('21999'),
    [{ status: 504 }, { kind: 'ambiguous', detail: 'answer 504' }],
  ],
  genuine: completed,
  forged: {
    'a report without a signature': (id) => ({ ...completed(id), headers: {} }),
    'one of another account': (id) => callback(id, { CallStatus: 'completed' }, { token: 'other' }),
    'one with a changed status': (id) => {
      const said = completed(id);
      return { ...said, rawBody: Buffer.from(said.rawBody.toString().replace('=completed', '=busy')) };
    },
    'one about another attempt': (id) => ({ ...completed('att_0'), url: addressOf(id), attemptId: id }),
    'one for another host': (id) =>
      callback(id, { CallStatus: 'busy' }, { signedFor: addressOf(id).replace('einmal', 'other') }),
    'one whose address was told that it waits for a key': (id) => ({
      ...completed(id),
      ...{ url: `${addressOf(id)}?waits=key`, query: { waits: 'key' } },
    }),
    'one at an address without an attempt': (id) =>
      withoutAttempt(callback(id, {}, { url: 'https://einmal.example/v1/reports/main' })),
  },
  statuses: Object.fromEntries(
    Object.entries(STATUSES).map(([word, row]) => [
      word,
      { report: (id: string) => callback(id, row[0]), reads: reads(row) },
    ]),
  ),
});

describe('Twilio’s calls', () => {
  let vendor: FakeVendor;
  beforeAll(async () => {
    vendor = await FakeVendor.start();
    vendor.answers({ status: 201, body: `{"sid":"${SID}"}` });
  });
  afterAll(() => vendor.stop());

  const message: SubmitRequest = {
    ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'voice', to: '+4915112345678', text: '', speech: SPEECH },
    ...{ locale: 'en', validForSeconds: 290, reportUrl: addressOf('att_1'), reportMac: 'mac' },
  };
  async function sends(over: Partial<SubmitRequest> = {}, options: object = {}): Promise<Record<string, string>> {
    const provider = create(vendor.url, options);
    vendor.requests.length = 0;
    expect(await provider.submit({ ...message, ...over })).toMatchObject({ kind: 'accepted' });
    await provider.close();
    const [received] = vendor.requests;
    if (!received) throw new Error('Nothing was sent.');
    expect(await againstPublished('twilio-create-call', received)).toEqual([]);
    return Object.fromEntries(formOf(received));
  }

  it('are what its OpenAPI file asks for, in any configuration', async () => {
    expect(await sends()).toMatchObject({ Timeout: '30' });
    expect(await sends({}, { ringSeconds: 45 })).toMatchObject({ Timeout: '45' });
    expect(await sends({ validForSeconds: 42.7 })).toMatchObject({ Timeout: '22' });
    expect(await sends({ from: '+4940987654' })).toMatchObject({ From: '+4940987654' });
    expect(await sends({ from: 'Shop' })).toMatchObject({ From: '+4930123456' });
    expect(await sends({}, { machineDetection: true })).toMatchObject({
      ...{ MachineDetection: 'Enable', AsyncAmd: 'true', AsyncAmdStatusCallback: `${addressOf('att_1')}#rc=5&rp=all` },
    });
  });

  it('are not begun when nobody could answer in time', async () => {
    const provider = create(vendor.url);
    vendor.requests.length = 0;
    const outcome = await provider.submit({ ...message, validForSeconds: 24 });
    expect(outcome).toEqual({ kind: 'refused', failure: 'rejected', cause: 'expired', detail: 'no time to ring' });
    expect(await provider.submit({ ...message, to: '+49151 +49152' })).toMatchObject({ failure: 'rejected' });
    const unspeakable = await provider.submit({ ...message, locale: 'sw-KE' });
    expect(unspeakable).toMatchObject({ failure: 'rejected', detail: 'no voice for the language' });
    expect(vendor.requests).toEqual([]);
    await provider.close();
  });

  it('R37 hold no code where a key is asked for, and ask for it twice', async () => {
    const speech = ['This is A&B <"Shop">. Press 1 to hear your code.'];
    const { Twiml = '', StatusCallback } = await sends({ speech, keyPress: true, keyPressUrl: QUESTION });
    expect(StatusCallback).toBe(`${addressOf('att_1')}?waits=key#rc=5&rp=all`);
    expect(isXml(Twiml)).toBe(true);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(Twiml) as {
      Response: Record<string, unknown>;
    };
    const gather = {
      ...{ '@_input': 'dtmf', '@_numDigits': '1', '@_finishOnKey': '', '@_timeout': '6', '@_method': 'POST' },
      '@_action': QUESTION,
      Say: { '#text': speech[0], '@_language': 'en-US', '@_voice': 'Polly.Joanna' },
    };
    expect(parsed.Response).toEqual({ Pause: { '@_length': '1' }, Gather: [gather, gather], Hangup: '' });
  });

  it('have voices that its own package knows', () => {
    const types = readFileSync(
      new URL('../../node_modules/twilio/lib/twiml/VoiceResponse.d.ts', import.meta.url),
      'utf8',
    );
    for (const [locale, voice] of Object.entries(TWILIO_VOICES)) {
      expect([locale, types.includes(`"${voice?.voice ?? ''}"`)]).toEqual([locale, true]);
      expect([locale, types.includes(`"${voice?.language ?? ''}"`)]).toEqual([locale, true]);
    }
  });

  it.each(Object.keys(BUILT_IN))('speak %s, which built-in words are in', async (locale) => {
    const { Twiml = '' } = await sends({ locale });
    const [, of = '', voice = ''] = /<Say language="([^"]+)" voice="([^"]+)">/.exec(Twiml) ?? [];
    expect(of.replace(/^cmn/, 'zh').slice(0, 2)).toBe(locale.slice(0, 2));
    expect({ language: of, voice }).toEqual(TWILIO_VOICES[locale]);
  });

  it.each([
    ['pt-PT', 'pt-PT'],
    ['pt-AO', 'pt-PT'],
    ['ar-EG', 'ar-XA'],
    ['zh-SG', 'cmn-CN'],
    ['zh-HK', 'yue-HK'],
  ])('speak to %s as in %s', async (locale, language) => {
    expect((await sends({ locale }))['Twiml']).toContain(`<Say language="${language}" `);
  });

  it('fit into what Twilio takes, however long the code and whatever it is for', async () => {
    const payment = `This is about a payment of ${'9'.repeat(32)} to ${'&'.repeat(64)}. `;
    const { Twiml = '' } = await sends({
      speech: [payment, ...SPEECH.map((part) => (typeof part === 'string' ? part : { digits: '0123456789' }))],
    });
    expect(Twiml.length).toBeLessThan(4_000);
  });

  describe('R37 that wait for their key', () => {
    const waiting = { url: `${addressOf('att_1')}?waits=key` };
    it.each([
      [{ CallStatus: 'completed' }, { status: 'failed', cause: 'no-answer', detail: 'completed without key' }],
      [
        { CallStatus: 'completed', AnsweredBy: 'human' },
        { status: 'underway', detail: 'human before key' },
      ],
      [{ AnsweredBy: 'machine_start' }, { status: 'failed', cause: 'no-answer', detail: 'machine_start' }],
      [{ CallStatus: 'busy' }, { status: 'failed', cause: 'busy', detail: 'busy' }],
    ])('are reported %o', async (said, expected) => {
      expect(await create(vendor.url).readReports(callback('att_1', said, waiting))).toMatchObject([expected]);
    });
  });

  it.each([
    [{ CallStatus: 'completed' }, { status: 'unknown' }],
    [{ CallStatus: 'completed', AnsweredBy: 'human' }, { status: 'delivered' }],
    [{ AnsweredBy: 'human' }, { status: 'delivered' }],
    [{ AnsweredBy: 'machine_start' }, { status: 'failed', cause: 'no-answer' }],
  ])('with machine detection are reported %o', async (said, expected) => {
    const provider = create(vendor.url, { machineDetection: true });
    expect(await provider.readReports(callback('att_1', said))).toMatchObject([expected]);
  });

  it('are reported as the operator says', async () => {
    const provider = create(vendor.url, { statuses: { completed: 'underway', 404: 'other' } });
    expect(await provider.readReports(completed('att_1'))).toMatchObject([{ status: 'underway' }]);
    const failed = callback('att_1', { CallStatus: 'failed', SipResponseCode: '404' });
    expect(await provider.readReports(failed)).toMatchObject([
      { status: 'failed', cause: 'other', detail: 'failed 404' },
    ]);
  });

  describe('R37 whose key was pressed', () => {
    const saying: Saying = { kind: 'said', speech: SPEECH, locale: 'de-AT' };
    const ask = (said: Record<string, string>, how: Said = {}) => {
      let asked = 0;
      const say = () => Promise.resolve((asked += 1) > 0 ? saying : null);
      const request = callback('att_1', said, { url: QUESTION, ...how });
      return create(vendor.url)
        .answerCall(request, say)
        .then((answer) => ({ answer, asked }));
    };

    it('go on with what is to be heard', async () => {
      const { answer } = await ask({ Digits: '1' });
      expect(answer?.contentType).toMatch(/^text\/xml/);
      expect(isXml(answer?.body ?? '')).toBe(true);
      expect(answer?.body).toContain('language="de-DE"');
      expect(saidDigits(answer?.body ?? '')).toEqual(['012345', '012345']);
    });

    it.each([{ Digits: '2' }, { Digits: '11' }, { Digits: '' }, {}, { SpeechResult: '1' }])(
      'but by %o end, and no code is made',
      async (said) => {
        const { answer, asked } = await ask(said);
        expect([answer?.body, asked]).toEqual([expect.stringMatching(/<Response><Hangup\/><\/Response>$/), 0]);
      },
    );

    it.each<Said>([
      { token: 'other' },
      { signedFor: addressOf('att_1') },
      { signedFor: QUESTION.replace('att_1', 'att_2') },
    ])('R31 are told to nobody else: %o', async (how) => {
      expect(await ask({ Digits: '1' }, how)).toEqual({ answer: null, asked: 0 });
    });
  });

  it.each([
    [{ from: 'Shop' }],
    [{ from: '4930123456' }],
    [{ ringSeconds: 61 }],
    [{ ringSeconds: 9 }],
    [{ accountSid: 'AC1' }],
    [{ authToken: 'two words' }],
    [{ channel: 'sms' }],
    [{ machineDetection: 'Enable' }],
    [{ voice: 'Polly.Joanna' }],
    [{ apiKeySid: `SK${'0'.repeat(32)}` }],
  ])('its configuration refuses %o', (over) => {
    expect(twilioVoice.schema.safeParse(entry).success).toBe(true);
    expect(twilioVoice.schema.safeParse({ ...entry, ...over }).success).toBe(false);
  });
});
