import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { ProviderType } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Report, SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { berlinsms } from '../../src/delivery/adapters/providers/http/profiles/berlinsms.js';
import { jasmin } from '../../src/delivery/adapters/providers/http/profiles/jasmin.js';
import { lox24 } from '../../src/delivery/adapters/providers/http/profiles/lox24.js';
import { massenversand } from '../../src/delivery/adapters/providers/http/profiles/massenversand.js';
import { messagebird } from '../../src/delivery/adapters/providers/http/profiles/messagebird.js';
import { sms4 } from '../../src/delivery/adapters/providers/http/profiles/sms4.js';
import { BUILT_IN_PROVIDER_TYPES } from '../../src/delivery/adapters/providers/provider-types.js';
import { FakeVendor, type VendorAnswer, type VendorRequest } from '../support/fake-vendor.js';
import { providerContext } from '../support/provider-context.js';

/**
 * Gateways that are nothing but a description: what is theirs. What every description does in common (timeouts, redirects, reports
 * on a ledger …) is in provider-http.spec.ts and provider-berlinsms.spec.ts.
 */
interface ProfileFixture {
  type: ProviderType;
  config: object;
  /** What is sent of a text in 7 bits, and of another. */
  sends: Record<'gsm7' | 'ucs2', (request: VendorRequest) => void>;
  answers: [VendorAnswer, SubmitOutcome][];
  reports?: [Partial<ReportRequest>, Partial<Report>[] | null][];
  asks?: { url: string; answers: [VendorAnswer, Partial<Report>[]][] };
}

const refused = (failure: string, detail: string, cause = 'provider') =>
  ({ kind: 'refused', failure, cause, detail }) as SubmitOutcome;
const accepted = (providerMessageId: string): SubmitOutcome => ({ kind: 'accepted', providerMessageId });
const form = ({ body }: VendorRequest) => Object.fromEntries(new URLSearchParams(body.toString('latin1')));
const json = ({ body }: VendorRequest) => JSON.parse(body.toString()) as unknown;

const REQUEST: SubmitRequest = {
  ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'sms', to: '+4915112345678', text: 'Code 1 für €5 & "so"' },
  ...{ locale: 'de', validForSeconds: 61, reportUrl: 'https://einmal.example/r/att_1/mac', reportMac: 'mac' },
};
const TEXTS = { gsm7: 'Code 1 für "so" & %', ucs2: 'Код 1' };
const UCS2 = '041A043E0434002000' + '31';

const JASMIN_FORM = {
  ...{ username: 'otp', password: 'p&w', to: '+4915112345678', from: 'Einmal', 'validity-period': '2' },
  ...{ dlr: 'yes', 'dlr-level': '3', 'dlr-method': 'POST', 'dlr-url': REQUEST.reportUrl },
};
const jasminReport = (fields: Record<string, string>) => ({
  attemptId: 'att_1',
  rawBody: Buffer.from(new URLSearchParams({ id: 'u-1', ...fields }).toString()),
});
const LOX24_JSON = { sender_id: 'Einmal', phone: '+4915112345678', service_code: 'direct', callback_data: 'att_1.mac' };
const lox24Report = (data: object, name = 'sms.delivery') => ({
  rawBody: Buffer.from(JSON.stringify({ name, data: { id: 'd6c1', callback_data: 'att_1.mac', ...data } })),
});
const MESSAGEBIRD_JSON = {
  ...{ originator: 'Einmal', recipients: [4915112345678], validity: 61, reference: 'att_1' },
  reportUrl: REQUEST.reportUrl,
};
const messagebirdReport = (query: Record<string, string>) => ({
  ...{ method: 'GET', attemptId: 'att_1' },
  query: {
    id: 'mb-1',
    reference: 'att_1',
    recipient: '4915112345678',
    statusDatetime: '2026-11-23T00:00:00Z',
    ...query,
  },
});
const SMS4_FORM = {
  ...{ kdnr: 'XY1', user: 'otp', pwd: 'p&w', handynr: '4915112345678', absender: 'Einmal', v: '1' },
};
const MASSENVERSAND_FORM = { authToken: 't', receiver: '004915112345678', sender: 'Einmal', getID: '1' };

const FIXTURES: ProfileFixture[] = [
  {
    type: jasmin,
    config: { username: 'otp', password: 'p&w', from: 'Einmal' },
    sends: {
      gsm7: (request) => {
        expect([request.method, request.url]).toEqual(['POST', '/send/send']);
        const fields = Object.fromEntries(new URLSearchParams(request.body.toString()));
        expect(fields).toEqual({ ...JASMIN_FORM, coding: '0', content: TEXTS.gsm7 });
      },
      ucs2: (request) => {
        expect(form(request)).toEqual({ ...JASMIN_FORM, coding: '8', 'hex-content': UCS2 });
      },
    },
    answers: [
      [
        { status: 200, body: 'Success "07033084-5cfd-4812-90a4-e4d24ffb6e3d"' },
        accepted('07033084-5cfd-4812-90a4-e4d24ffb6e3d'),
      ],
      [{ status: 403, body: 'Error "User throughput exceeded"' }, refused('throttled', 'User throughput exceeded')],
      [
        { status: 403, body: 'Error "Cannot charge submit_sm, check RouterPB log file for details"' },
        refused('quota', 'Cannot charge submit_sm'),
      ],
      [
        { status: 403, body: 'Error "Authentication failure for username:otp"' },
        refused('misconfigured', 'Authentication failure'),
      ],
      [{ status: 412, body: 'Error "No route found"' }, refused('unreachable', '412')],
      [
        { status: 400, body: 'Error "Argument [to] has an invalid value: [+49]."' },
        { ...refused('misconfigured', '400'), scope: 'message' } as SubmitOutcome,
      ],
      [
        { status: 500, body: 'Error "Cannot send submit_sm, check SMPPClientManagerPB log file for details"' },
        refused('unreachable', 'Cannot send submit_sm'),
      ],
      [
        { status: 200, body: 'Error "what"' },
        { kind: 'ambiguous', detail: 'answer 200' },
      ],
    ],
    reports: [
      [
        jasminReport({ message_status: 'ESME_ROK', level: '1', connector: 'c' }),
        [{ status: 'underway', attemptId: 'att_1', providerMessageId: 'u-1' }],
      ],
      [
        jasminReport({ message_status: 'ESME_RINVDSTADR', level: '1' }),
        [{ status: 'failed', cause: 'unknown-number' }],
      ],
      [jasminReport({ message_status: 'ESME_RTHROTTLED', level: '1' }), [{ status: 'failed', cause: 'provider' }]],
      [jasminReport({ message_status: 'ESME_RINVDCS', level: '1' }), [{ status: 'failed', transient: true }]],
      [jasminReport({ message_status: 'ESME_RPROHIBITED', level: '1' }), [{ status: 'failed', cause: 'blocked' }]],
      [jasminReport({ message_status: 'ESME_RINVMSGLEN', level: '1' }), [{ status: 'failed', cause: 'other' }]],
      [
        jasminReport({ message_status: 'DELIVRD', level: '3', err: '000', text: 'Your code' }),
        [{ status: 'delivered', detail: 'DELIVRD 000' }],
      ],
      [
        jasminReport({ message_status: 'UNDELIV', level: '3', err: '001' }),
        [{ status: 'failed', cause: 'unknown-number' }],
      ],
      [
        jasminReport({ message_status: 'UNDELIV', level: '3', err: '027' }),
        [{ status: 'failed', cause: 'unreachable' }],
      ],
      [jasminReport({ message_status: 'EXPIRED', level: '3', err: '000' }), [{ status: 'failed', cause: 'expired' }]],
      [jasminReport({ message_status: 'REJECTD', level: '3', err: '008' }), [{ status: 'failed', cause: 'blocked' }]],
      [{ ...jasminReport({ message_status: 'DELIVRD' }), attemptId: undefined } as object, null],
    ],
  },
  {
    type: lox24,
    config: { authToken: '12:ab', from: 'Einmal' },
    sends: {
      gsm7: (request) => {
        expect([request.method, request.url]).toEqual(['POST', '/send/sms']);
        expect(request.headers).toMatchObject({ 'x-lox24-auth-token': '12:ab', 'content-type': 'application/json' });
        expect(json(request)).toEqual({ ...LOX24_JSON, text: TEXTS.gsm7, is_unicode: false });
      },
      ucs2: (request) => {
        expect(json(request)).toEqual({ ...LOX24_JSON, text: TEXTS.ucs2, is_unicode: true });
      },
    },
    answers: [
      [{ status: 201, body: '{"@id":"/sms/d6c1","uuid":"d6c1"}' }, accepted('d6c1')],
      [{ status: 402 }, refused('quota', '402')],
      [{ status: 401 }, refused('misconfigured', 'answer 401')],
      [{ status: 429 }, refused('throttled', '429')],
    ],
    reports: [
      [
        lox24Report({ dlr_code: 1, status_code: 100 }),
        [{ status: 'delivered', attemptId: 'att_1', providerMessageId: 'd6c1' }],
      ],
      [lox24Report({ dlr_code: 2, status_code: 100 }), [{ status: 'underway' }]],
      [lox24Report({ dlr_code: 4, status_code: 100 }), [{ status: 'underway' }]],
      [lox24Report({ dlr_code: 8, status_code: 100 }), [{ status: 'failed', cause: 'expired' }]],
      [lox24Report({ dlr_code: 16, status_code: 100 }), [{ status: 'failed', cause: 'blocked' }]],
      [lox24Report({ dlr_code: 16, status_code: 5000 }), [{ status: 'failed', cause: 'unknown-number' }]],
      [lox24Report({ dlr_code: 0, status_code: 100 }), [{ status: 'underway' }]],
      [lox24Report({ dlr_code: 0, status_code: 3000 }), [{ status: 'failed', cause: 'provider' }]],
      [lox24Report({ dlr_code: 0, status_code: 0 }), [{ status: 'unknown' }]],
      [lox24Report({ dlr_code: 1, callback_data: 'att_1.forged' }), null],
      [lox24Report({ dlr_code: 1, callback_data: 'att_1' }), null],
      [lox24Report({ dlr_code: 1 }, 'sms.inbox'), null],
    ],
  },
  {
    type: lox24,
    config: { authToken: '12:ab', from: 'Einmal', reports: 'asked-for' },
    sends: { gsm7: () => undefined, ucs2: () => undefined },
    answers: [],
    asks: {
      url: '/send/sms/id-1',
      answers: [
        [{ status: 200, body: '{"uuid":"id-1","dlr_code":1,"status_code":100}' }, [{ status: 'delivered' }]],
        [{ status: 404 }, []],
      ],
    },
  },
  {
    type: messagebird,
    config: { accessKey: 'live_x', from: 'Einmal' },
    sends: {
      gsm7: (request) => {
        expect([request.method, request.url]).toEqual(['POST', '/send/messages']);
        expect(request.headers).toMatchObject({ authorization: 'AccessKey live_x' });
        expect(json(request)).toEqual({ ...MESSAGEBIRD_JSON, body: TEXTS.gsm7, datacoding: 'plain' });
      },
      ucs2: (request) => {
        expect(json(request)).toEqual({ ...MESSAGEBIRD_JSON, body: TEXTS.ucs2, datacoding: 'unicode' });
      },
    },
    answers: [
      [
        { status: 201, body: '{"id":"e8077d803532c0b5937c639b60216938"}' },
        accepted('e8077d803532c0b5937c639b60216938'),
      ],
      [
        { status: 401, body: '{"errors":[{"code":2,"description":"Request not allowed (incorrect access_key)"}]}' },
        refused('misconfigured', '2'),
      ],
      [{ status: 422, body: '{"errors":[{"code":10,"parameter":"recipients"}]}' }, refused('rejected', '10', 'other')],
      [{ status: 402, body: '{"errors":[{"code":25}]}' }, refused('quota', '25')],
      [{ status: 500, body: '{"errors":[{"code":99}]}' }, refused('unreachable', '99')],
    ],
    reports: [
      [
        messagebirdReport({ status: 'delivered' }),
        [{ status: 'delivered', attemptId: 'att_1', providerMessageId: 'mb-1' }],
      ],
      ...['scheduled', 'sent', 'buffered'].map((status): [Partial<ReportRequest>, Partial<Report>[]] => [
        messagebirdReport({ status }),
        [{ status: 'underway' }],
      ]),
      [messagebirdReport({ status: 'expired' }), [{ status: 'failed', cause: 'expired' }]],
      [messagebirdReport({ status: 'delivery_failed' }), [{ status: 'failed', cause: 'other' }]],
      [
        messagebirdReport({ status: 'delivery_failed', statusErrorCode: '1' }),
        [{ status: 'failed', cause: 'unknown-number' }],
      ],
      [
        messagebirdReport({ status: 'delivery_failed', statusErrorCode: '11' }),
        [{ status: 'failed', cause: 'landline' }],
      ],
      [
        messagebirdReport({ status: 'delivery_failed', statusErrorCode: '103' }),
        [{ status: 'failed', cause: 'other' }],
      ],
      [{ ...messagebirdReport({ status: 'delivered' }), attemptId: undefined } as object, null],
    ],
  },
  {
    type: sms4,
    config: { customer: 'XY1', username: 'otp', password: 'p&w', from: 'Einmal' },
    sends: {
      gsm7: (request) => {
        expect([request.method, request.url]).toEqual(['POST', '/send/cgi-bin/sms_out.pl']);
        expect(request.body.toString()).toContain('f%FCr');
      },
      ucs2: (request) => {
        expect(form(request)).toEqual({ ...SMS4_FORM, text: UCS2, kodierung: 'ucs' });
      },
    },
    answers: [
      [{ status: 200, body: 'OK 404123456' }, accepted('404123456')],
      [{ status: 200, body: 'OK' }, { kind: 'accepted' }],
      [
        { status: 200, body: 'Fehler' },
        { kind: 'ambiguous', detail: 'answer 200' },
      ],
    ],
    asks: {
      url: '/send/restapi/v1/dlr/XY1/id-1',
      answers: [
        [
          { status: 200, body: '{"smsId":"id-1","status":"0","statusText":"OK","mobile":"49175"}' },
          [{ status: 'delivered', providerMessageId: 'id-1' }],
        ],
        [{ status: 200, body: '{"smsId":"id-1","status":"1"}' }, [{ status: 'underway' }]],
        [{ status: 200, body: '{"smsId":"id-1","status":"2"}' }, [{ status: 'failed', cause: 'other' }]],
        [{ status: 200, body: '{"smsId":"id-2","status":"0"}' }, []],
        [{ status: 200, body: '{"error":"smsid not found"}' }, []],
        [{ status: 200, body: '[ ]' }, []],
        [{ status: 500, body: '{"smsId":"id-1","status":"0"}' }, []],
      ],
    },
  },
  {
    type: massenversand,
    config: { authToken: 't', from: 'Einmal' },
    sends: {
      gsm7: (request) => {
        expect([request.method, request.url]).toEqual(['POST', '/send']);
        const fields = Object.fromEntries(new URLSearchParams(request.body.toString()));
        expect(fields).toEqual({ ...MASSENVERSAND_FORM, msg: TEXTS.gsm7, msgtype: 'c' });
      },
      ucs2: (request) => {
        expect(request.body.toString()).toContain('msgtype=utf8');
      },
    },
    answers: [
      [{ status: 200, body: 'OK (12345678)' }, { kind: 'accepted' }],
      [
        { status: 200, body: 'ERROR 12' },
        { kind: 'ambiguous', detail: 'answer 200' },
      ],
    ],
  },
];

const isProfile = ({ type }: ProviderType) =>
  existsSync(new URL(`../../src/delivery/adapters/providers/http/profiles/${type}.ts`, import.meta.url));

test('every description that ships is tried here, or has gone through the contracts', () => {
  const shipped = BUILT_IN_PROVIDER_TYPES.filter((type) => isProfile(type) && type !== berlinsms);
  expect(new Set(FIXTURES.map(({ type }) => type.type))).toEqual(new Set(shipped.map(({ type }) => type)));
});

describe.each(FIXTURES.map((fixture) => [fixture.type.type, fixture] as const))('%s', (_, fixture) => {
  let vendor: FakeVendor;
  const create = () => {
    const config = { type: fixture.type.type, channel: 'sms', ...fixture.config, url: vendor.url };
    return fixture.type.create('main', fixture.type.schema.parse(config), providerContext());
  };
  beforeAll(async () => {
    vendor = await FakeVendor.start();
  });
  afterAll(() => vendor.stop());
  beforeEach(() => {
    vendor.requests.length = 0;
  });

  it.each(['gsm7', 'ucs2'] as const)(
    'R8 hands a message over in the vendor’s words, in no URL: %s',
    async (encoding) => {
      const provider = create();
      await provider.submit({ ...REQUEST, text: TEXTS[encoding] });
      const [request] = vendor.requests;
      if (!request) throw new Error('Nothing was sent.');
      fixture.sends[encoding](request);
      expect(decodeURIComponent(request.url)).not.toMatch(/15112345678|Code|Код/);
      await provider.close();
    },
  );

  it('understands the vendor’s answers', async () => {
    const provider = create();
    for (const [answer, outcome] of fixture.answers) {
      vendor.answers(answer);
      expect([answer, await provider.submit(REQUEST_IN_LATIN1)]).toEqual([answer, outcome]);
    }
    await provider.close();
  });

  it('R31 understands genuine reports, and only those', async () => {
    const provider = create();
    const plain = { method: 'POST', url: 'https://einmal.example/', query: {}, headers: {}, rawBody: Buffer.alloc(0) };
    for (const [request, reads] of fixture.reports ?? [[{}, null]]) {
      const read = await provider.readReports({ ...plain, ...request });
      if (reads === null) expect(read).toBeNull();
      else expect(read).toMatchObject(reads);
    }
    await provider.close();
  });

  it('asks about a message where the vendor reports nothing', async () => {
    const provider = create();
    expect(provider.polling?.everySeconds).toBe(fixture.asks && 10);
    for (const [answer, reads] of fixture.asks?.answers ?? []) {
      vendor.answers(answer);
      const read = await provider.polling?.ask('id-1');
      expect(read).toHaveLength(reads.length);
      expect(read).toMatchObject(reads);
      expect(vendor.requests.at(-1)).toMatchObject({ method: 'GET', url: fixture.asks?.url });
    }
    await provider.close();
  });
});

const REQUEST_IN_LATIN1 = { ...REQUEST, text: TEXTS.gsm7 };

it('a text that a gateway’s charset does not hold is that message’s misfortune, and is not sent', async () => {
  const config = { type: 'sms4', channel: 'sms', customer: 'XY1', username: 'otp', password: 'p', from: 'Einmal' };
  const provider = sms4.create('main', sms4.schema.parse({ ...config, url: 'http://127.0.0.1:1' }), providerContext());
  expect(await provider.submit({ ...REQUEST, text: 'Δ 1' })).toEqual({
    ...refused('misconfigured', 'the request can not carry the text'),
    scope: 'message',
  });
  await provider.close();
});
