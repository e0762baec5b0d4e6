import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { infobip } from '../../src/delivery/adapters/providers/infobip/infobip.js';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Cause } from '../../src/delivery/domain/cause.js';
import type { Report, SubmitFailure, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { againstPublished } from '../support/published-request.js';
import { providerContext, type TestedContext } from '../support/provider-context.js';
import { providerContract } from './provider.contract.js';

const entry = { type: 'infobip', channel: 'sms', apiKey: '003026bbc133', from: 'Einmal' };
const create = (url: string, context: ProviderContext = providerContext(), over: object = {}) =>
  infobip.create('main', infobip.schema.parse({ ...entry, url, ...over }), context);

/** `groupId groupName id name`, as the vendor's list of codes has them. */
function status(code: string) {
  const [groupId, groupName = '', id, name = ''] = code.split(' ');
  return { groupId: Number(groupId), groupName, id: Number(id), name, description: 'Your code 012345' };
}
const PENDING = '1 PENDING 26 PENDING_ACCEPTED';
const DELIVERED = '3 DELIVERED 5 DELIVERED_TO_HANDSET';
const UNDELIVERED = '2 UNDELIVERABLE 9 UNDELIVERABLE_NOT_DELIVERED';
const EXPIRED = '4 EXPIRED 15 EXPIRED_EXPIRED';

const answered = (code: string, messageId = 'att_1') => ({
  status: 200,
  body: JSON.stringify({
    bulkId: '2034072219640523072',
    messages: [{ messageId, status: status(code), destination: '4915112345678', details: { messageCount: 1 } }],
  }),
});
const problem = (errorCode: string) =>
  JSON.stringify({ errorCode, description: 'To 4915112345678', action: 'x', violations: [], resources: [] });
const oldProblem = (messageId: string) =>
  JSON.stringify({ requestError: { serviceException: { messageId, text: 'To 4915112345678' } } });

/** A result of a callback: `name permanent` of its error. */
function result(attemptId: string, code: string, error = 'NO_ERROR false', over: object = {}) {
  const [name, permanent] = error.split(' ');
  return {
    ...{ bulkId: 'BULK-ID-123-xyz', price: { pricePerMessage: 0.01, currency: 'EUR' }, status: status(code) },
    error: { groupId: 0, groupName: 'OK', id: 0, name, description: 'No Error', permanent: permanent === 'true' },
    ...{ messageId: attemptId, to: '4915112345678', sender: 'Einmal', messageCount: 1 },
    ...{ sentAt: '2019-11-09T16:00:00.000+0100', doneAt: '2019-11-09T16:00:00.000+0100' },
    ...{ callbackData: `${attemptId}/mac`, ...over },
  };
}
const callback = (results: unknown, attemptId?: string): ReportRequest => ({
  ...{ method: 'POST', query: {}, headers: { 'content-type': 'application/json' } },
  url: `https://einmal.example/v1/reports/main${attemptId === undefined ? '' : `/${attemptId}/mac`}`,
  rawBody: Buffer.from(JSON.stringify({ results })),
  ...(attemptId !== undefined && { attemptId }),
});

const refused = (failure: SubmitFailure, detail: string, cause: Cause = 'provider'): SubmitOutcome => ({
  ...{ kind: 'refused', failure, cause, detail },
});
/** A mistake in one message, which keeps the others from nobody. */
const ofThisMessage = (detail: string) => ({ ...refused('misconfigured', detail), scope: 'message' }) as SubmitOutcome;
const failed = (cause: Cause, transient?: true) =>
  ({ status: 'failed', cause, ...(transient && { transient }) }) as const;
const underway = { status: 'underway' } as const;
const unknown = { status: 'unknown' } as const;

/** Status, error and what is to be read from both. */
const REPORTS: [code: string, error: string, reads: Partial<Report>][] = [
  [DELIVERED, 'NO_ERROR false', { status: 'delivered', detail: 'DELIVERED_TO_HANDSET' }],
  ['3 DELIVERED 2 DELIVERED_TO_OPERATOR', 'NO_ERROR false', { ...underway, detail: 'DELIVERED_TO_OPERATOR' }],
  ['3 DELIVERED 77 DELIVERED_TO_PIGEON', 'NO_ERROR false', underway],
  ['1 PENDING 3 PENDING_WAITING_DELIVERY', 'NO_ERROR false', underway],
  ['1 PENDING 7 PENDING_ENROUTE', 'EC_ABSENT_SUBSCRIBER true', { ...underway, detail: 'PENDING_ENROUTE' }],
  [PENDING, 'NO_ERROR false', underway],
  [UNDELIVERED, 'EC_UNKNOWN_SUBSCRIBER true', failed('unknown-number')],
  [UNDELIVERED, 'EC_ABSENT_SUBSCRIBER false', failed('unreachable', true)],
  [UNDELIVERED, 'EC_ABSENT_SUBSCRIBER_SM false', failed('unreachable', true)],
  [UNDELIVERED, 'EC_TELESERVICE_NOT_PROVISIONED true', failed('landline')],
  [UNDELIVERED, 'EC_TEMPORARY_HANDSET_FAILURE true', failed('unreachable', true)],
  [UNDELIVERED, 'EC_REJECTED_SPAM_BY_OPERATOR true', failed('blocked')],
  [UNDELIVERED, 'EC_SYSTEM_FAILURE false', failed('provider', true)],
  [UNDELIVERED, 'EC_NO_RESPONSE false', unknown],
  [UNDELIVERED, 'EC_SOMETHING_NEW true', failed('other')],
  [UNDELIVERED, 'EC_SOMETHING_NEW false', failed('other', true)],
  ['2 UNDELIVERABLE 4 UNDELIVERABLE_REJECTED_OPERATOR', 'EC_SMS_REJECTED_BY_MOBILE_OPERATOR true', failed('blocked')],
  [EXPIRED, 'EC_VALIDITY_EXPIRED true', failed('expired', true)],
  [EXPIRED, 'EC_SOMETHING_NEW true', failed('expired', true)],
  ['4 EXPIRED 29 EXPIRED_DLR_UNKNOWN', 'EC_ABSENT_SUBSCRIBER false', unknown],
  ['5 REJECTED 20 REJECTED_FLOODING_FILTER', 'EC_DESTINATION_FLOODING true', failed('provider', true)],
  ['5 REJECTED 12 REJECTED_NOT_ENOUGH_CREDITS', 'EC_SOMETHING_NEW true', failed('provider', true)],
  ['5 REJECTED 8 REJECTED_PREFIX_MISSING', 'NO_ERROR false', failed('unknown-number')],
  ['5 REJECTED 14 REJECTED_DESTINATION_BLOCKLISTED', 'NO_ERROR false', failed('blocked')],
  ['5 REJECTED 99 REJECTED_FOR_A_NEW_REASON', 'NO_ERROR false', failed('other')],
];

providerContract({
  name: 'Infobip',
  create,
  submit: { channel: 'sms', to: '+4915112345678', text: 'Your code is 012345.' },
  accepted: answered(PENDING),
  expectRequest: ({ method, url, headers, body }, { reportUrl }) => {
    expect(`${method} ${url}`).toBe('POST /send/sms/3/messages');
    expect(headers).toMatchObject({
      ...{ authorization: 'App 003026bbc133', accept: 'application/json', 'content-type': 'application/json' },
    });
    expect(JSON.parse(body.toString())).toEqual({
      messages: [
        {
          sender: 'Einmal',
          destinations: [{ to: '4915112345678', messageId: 'att_1' }],
          content: { text: 'Your code is 012345.', transliteration: 'NONE' },
          options: { validityPeriod: { amount: 290, timeUnit: 'SECONDS' } },
          webhooks: { delivery: { url: reportUrl }, contentType: 'application/json', callbackData: 'att_1/mac' },
        },
      ],
    });
  },
  answers: [
    [answered(PENDING), { kind: 'accepted', providerMessageId: 'att_1' }],
    [answered(PENDING, '2250be2d4219-3af1-78856'), { kind: 'accepted', providerMessageId: '2250be2d4219-3af1-78856' }],
    [answered('5 REJECTED 52 REJECTED_DESTINATION'), refused('rejected', 'REJECTED_DESTINATION', 'unknown-number')],
    [
      answered('5 REJECTED 8 REJECTED_PREFIX_MISSING'),
      refused('rejected', 'REJECTED_PREFIX_MISSING', 'unknown-number'),
    ],
    [answered('5 REJECTED 10 REJECTED_DND'), refused('rejected', 'REJECTED_DND', 'blocked')],
    [answered('5 REJECTED 6 REJECTED_NETWORK'), refused('unreachable', 'REJECTED_NETWORK')],
    [answered('5 REJECTED 11 REJECTED_SOURCE'), ofThisMessage('REJECTED_SOURCE')],
    [answered('5 REJECTED 12 REJECTED_NOT_ENOUGH_CREDITS'), refused('quota', 'REJECTED_NOT_ENOUGH_CREDITS')],
    [answered('5 REJECTED 20 REJECTED_FLOODING_FILTER'), refused('throttled', 'REJECTED_FLOODING_FILTER')],
    [answered('5 REJECTED 21 REJECTED_SYSTEM_ERROR'), refused('unreachable', 'REJECTED_SYSTEM_ERROR')],
    [answered('5 REJECTED 99 REJECTED_FOR_A_NEW_REASON'), refused('rejected', 'REJECTED_FOR_A_NEW_REASON', 'other')],
    [
      answered('5 REJECTED 23 REJECTED_DUPLICATE_MESSAGE_ID'),
      { kind: 'ambiguous', detail: 'REJECTED_DUPLICATE_MESSAGE_ID' },
    ],
    [{ status: 400, body: problem('E400') }, ofThisMessage('E400')],
    [{ status: 401, body: problem('E401') }, refused('misconfigured', 'E401')],
    [{ status: 401, body: oldProblem('UNAUTHORIZED') }, refused('misconfigured', 'UNAUTHORIZED')],
    [{ status: 403, body: problem('E403') }, refused('misconfigured', 'E403')],
    [
      { status: 429, body: problem('E429'), headers: { 'retry-after': '3' } },
      { ...refused('throttled', 'E429'), retryAfterSeconds: 3 } as SubmitOutcome,
    ],
    [{ status: 429, body: oldProblem('TOO_MANY_REQUESTS') }, refused('throttled', 'TOO_MANY_REQUESTS')],
    [{ status: 500, body: problem('E500') }, refused('unreachable', 'E500')],
    [{ status: 500, body: oldProblem('GENERAL_ERROR') }, refused('unreachable', 'GENERAL_ERROR')],
    [{ status: 404, body: problem('E404') }, ofThisMessage('answer 404')],
    [
      { status: 200, body: '{"messages":[]}' },
      { kind: 'ambiguous', detail: 'answer 200' },
    ],
  ],
  genuine: (attemptId) => callback([result(attemptId, DELIVERED)], attemptId),
  forged: {
    'a report at the provider’s address that nothing speaks for': (attemptId) =>
      callback([result(attemptId, UNDELIVERED, 'NO_ERROR false', { callbackData: undefined })]),
    'a report at the provider’s address with another’s MAC': (attemptId) =>
      callback([result(attemptId, UNDELIVERED, 'NO_ERROR false', { callbackData: `${attemptId}/forged` })]),
    'a report at the provider’s address that is none': () => callback('none'),
  },
  statuses: Object.fromEntries(
    REPORTS.map(([code, error, reads]) => [
      `${code}, ${error}`,
      { report: (attemptId) => callback([result(attemptId, code, error)], attemptId), reads },
    ]),
  ),
});

describe('Infobip', () => {
  let vendor: FakeVendor;
  beforeAll(async () => {
    vendor = await FakeVendor.start();
    vendor.answers(answered(PENDING));
  });
  afterAll(() => vendor.stop());
  const to = (over: Partial<SubmitRequest> = {}): SubmitRequest => ({
    ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'sms', to: '+4915112345678', text: 'x', locale: 'en' },
    ...{ validForSeconds: 290, reportUrl: 'http://x', reportMac: 'mac', callUrl: 'http://x', ...over },
  });
  const sent = async (over: Partial<SubmitRequest>) => {
    const provider = create(vendor.url);
    await provider.submit(to(over));
    await provider.close();
    const [request] = vendor.requests.splice(0);
    if (!request) throw new Error('Nothing was sent.');
    expect(await againstPublished('infobip-send-sms-messages', request)).toEqual([]);
    return (JSON.parse(request.body.toString()) as { messages: object[] }).messages[0];
  };

  it('sends what Infobip has published, from whom the message says, word for word', async () => {
    const text = 'Ваш код "1"\r\n{}';
    expect(await sent({ from: 'Shop', text })).toMatchObject({ sender: 'Shop', content: { text } });
  });

  it('sends digits where the sender is a number', async () => {
    expect(await sent({ from: '+4930123' })).toMatchObject({ sender: '4930123' });
  });

  it.each([
    [0.2, 1],
    [290.5, 291],
    [864_000, 172_800],
  ])('is asked for a validity of %d s: %d', async (validForSeconds, amount) => {
    const message = await sent({ validForSeconds });
    expect(message).toMatchObject({ options: { validityPeriod: { amount, timeUnit: 'SECONDS' } } });
  });

  it.each(['+49151,+49152', '4915112345678', '+49 151 12345678', ''])(
    'one number and nothing else: %j is refused before anything is sent',
    async (number) => {
      const provider = create('http://127.0.0.1:1');
      expect(await provider.submit(to({ to: number }))).toMatchObject({ kind: 'refused', failure: 'rejected' });
      await provider.close();
    },
  );

  it('takes the operator’s word for a code', async () => {
    vendor.answers(answered('5 REJECTED 10 REJECTED_DND'));
    const meanings = {
      errors: { REJECTED_DND: 'misconfigured' },
      statuses: { DELIVERED_TO_OPERATOR: 'delivered', EC_NO_RESPONSE: { cause: 'unreachable', transient: true } },
    };
    const provider = create(vendor.url, providerContext(), meanings);
    expect(await provider.submit(to())).toEqual(refused('misconfigured', 'REJECTED_DND'));
    const read = async (code: string, error: string) =>
      provider.readReports(callback([result('att_1', code, error)], 'att_1'));
    expect(await read('3 DELIVERED 2 DELIVERED_TO_OPERATOR', 'NO_ERROR false')).toMatchObject([
      { status: 'delivered' },
    ]);
    expect(await read(UNDELIVERED, 'EC_NO_RESPONSE false')).toMatchObject([failed('unreachable', true)]);
    await provider.close();
    vendor.answers(answered(PENDING));
  });

  describe('a callback about several messages', () => {
    let context: TestedContext;
    const read = (results: unknown, attemptId?: string) =>
      create('http://127.0.0.1:1', context).readReports(callback(results, attemptId));
    const about = (reports: Report[] | null) => reports?.map(({ attemptId, status: is }) => `${attemptId ?? ''} ${is}`);
    beforeEach(() => {
      context = providerContext();
    });

    it('tells of each whose callback data is ours', async () => {
      const reports = await read([
        result('att_1', DELIVERED),
        result('att_Wc-MKxmI8_SOb98', UNDELIVERED),
        result('att_3', UNDELIVERED, 'NO_ERROR false', { callbackData: 'att_3/forged' }),
        result('att_4', UNDELIVERED, 'NO_ERROR false', { callbackData: 'callbackData' }),
        result('att_5', UNDELIVERED, 'NO_ERROR false', { callbackData: undefined }),
        ...['nothing of the kind', null, 7, [], {}, { status: null }, { callbackData: { a: 1 }, status: { id: [] } }],
        { callbackData: 'att_6/mac', status: 'DELIVERED' },
      ]);
      expect(about(reports)).toEqual(['att_1 delivered', 'att_Wc-MKxmI8_SOb98 failed']);
    });

    it('R31 speaks for the path’s attempt alone, and for others only by a MAC of their own', async () => {
      const reports = await read(
        [
          result('att_1', DELIVERED, 'NO_ERROR false', { callbackData: undefined }),
          result('att_2', UNDELIVERED),
          result('att_3', UNDELIVERED, 'NO_ERROR false', { callbackData: 'att_3/forged' }),
          result('att_4', UNDELIVERED, 'NO_ERROR false', { callbackData: undefined }),
        ],
        'att_1',
      );
      expect(about(reports)).toEqual(['att_1 delivered']);
      expect(about(context.taken)).toEqual(['att_2 failed']);
    });

    it('is not read when it is about more messages than Infobip ever puts into one', async () => {
      const many = Array.from({ length: 1_001 }, (_, n) => result(`att_${String(n)}`, DELIVERED));
      expect(await read(many.slice(1))).toHaveLength(1_000);
      expect(await read(many)).toBeNull();
    });

    it('is not answered 200 before the others are kept', async () => {
      context.take = () => Promise.reject(new Error('503'));
      await expect(read([result('att_1', DELIVERED), result('att_2', DELIVERED)], 'att_1')).rejects.toThrow('503');
    });

    it('about one message is about the path’s, whatever Infobip calls it', async () => {
      const named = { messageId: '2250be2d4219-3af1-78856', callbackData: null };
      expect(about(await read([result('', DELIVERED, 'NO_ERROR false', named)], 'att_1'))).toEqual(['att_1 delivered']);
    });

    it.each([[[]], ['x'], [null], [[{ status: 'x' }]], [[1]]])(
      'that says nothing, says nothing: %j',
      async (results) => {
        expect(await read(results, 'att_1')).toEqual([]);
      },
    );
  });

  it('reads a group by its number, and no more than there is', async () => {
    const provider = create('http://127.0.0.1:1');
    const read = (over: object) => provider.readReports(callback([{ messageId: 'att_1', ...over }], 'att_1'));
    expect(await read({ status: { groupId: 1 } })).toMatchObject([{ status: 'underway', detail: 'PENDING' }]);
    expect(await read({ status: { groupId: 2 }, error: { permanent: true } })).toMatchObject([failed('other')]);
    expect(await read({ status: { groupId: 9 } })).toMatchObject([{ status: 'unknown', detail: 'no status' }]);
    expect(await read({ status: {} })).toMatchObject([{ status: 'unknown' }]);
  });

  it.each([
    [{ groupName: 'DELIVERED', id: 5 }, 'delivered'],
    [{ groupId: 3, id: 5 }, 'delivered'],
    [{ id: 5 }, 'delivered'],
    [{ groupName: 'DELIVERED', id: 2 }, 'underway'],
    [{ groupName: 'DELIVERED', id: 77 }, 'underway'],
    [{ groupName: 'PENDING', id: 5 }, 'underway'],
    [{ groupName: 'EXPIRED', id: 29 }, 'unknown'],
    [{ groupName: 'REJECTED', id: 'x' }, 'failed'],
  ])('reads a status by its number where it has no name: %j', async (said, reads) => {
    const provider = create('http://127.0.0.1:1');
    const reports = await provider.readReports(callback([{ messageId: 'att_1', status: said }], 'att_1'));
    expect(reports).toMatchObject([{ status: reads }]);
  });

  it.each(['a\0b', 'x'.repeat(129), '..', ''])('keeps no id that can not be one: %j', async (messageId) => {
    const provider = create('http://127.0.0.1:1');
    const reports = await provider.readReports(callback([{ messageId, status: status(DELIVERED) }], 'att_1'));
    expect(reports?.[0]).not.toHaveProperty('providerMessageId');
  });

  it('R8 keeps nothing of a name that is no name', async () => {
    const provider = create('http://127.0.0.1:1');
    const odd = { status: { groupName: 'Your code 012345', name: 'Your code 012345' }, error: { name: '+49 151' } };
    const reports = await provider.readReports(callback([{ messageId: '012345 +49', ...odd }], 'att_1'));
    expect(reports).toEqual([{ providerId: 'main', attemptId: 'att_1', status: 'unknown', detail: 'no status' }]);
  });

  it.each([
    [{ apiKey: 'two\r\nlines' }],
    [{ apiKey: undefined }],
    [{ url: undefined }],
    [{ url: 'xxxxx.api.infobip.com' }],
    [{ from: 'twelve chars' }],
    [{ channel: 'voice' }],
    [{ errors: { REJECTED: 'asleep' } }],
    [{ shell: 'sh' }],
  ])('its configuration refuses %o', (over) => {
    const complete = { ...entry, url: 'https://xxxxx.api.infobip.com' };
    expect(infobip.schema.safeParse(complete).success).toBe(true);
    expect(infobip.schema.safeParse({ ...complete, ...over }).success).toBe(false);
  });
});
