import { expect } from 'vitest';
import type { ReportRequest } from '../../src/delivery/application/provider.js';
import type { Report } from '../../src/delivery/domain/outcome.js';
import { http } from '../../src/delivery/adapters/providers/http/http.js';
import { providerContract } from './provider.contract.js';

/** A gateway that is like none of those that ship: JSON, codes in the body of a 200, reports of several statuses and codes. */
const description = (url: string) => ({
  ...{ type: 'http', channel: 'sms', from: 'Einmal', values: { account: 'ac&1' } },
  auth: { basic: { username: 'otp', password: 's3cret' } },
  leastValiditySeconds: 300,
  send: {
    url: `${url}/{account}/messages`,
    headers: { 'X-Client': 'einmal/{locale}' },
    json: {
      to: [{ msisdn: '{toDigits:number}' }],
      ...{ from: '{from}', text: '{text}', ttl: '{validitySeconds}', unicode: { gsm7: false, ucs2: true } },
      ...{ report: '{reportUrl}?kind=dlr', ref: 'einmal-{attemptId}', hex: { ucs2: '{textHex}' }, flash: null },
    },
  },
  accepted: { where: { json: '$.state' }, is: ['queued', '0'], id: { json: '$.messages[0].id' } },
  refused: { code: { json: '$.error.code' } },
  errors: { 17: 'throttled', 18: 'quota', 19: 'unknown-number', 'http 403': 'misconfigured', '*': 'blocked' },
  reports: { status: { json: '$.dlr.state' }, code: { json: '$.dlr.err' }, id: { json: '$.dlr.id' }, answer: 'TAKEN' },
  statuses: {
    Arrived: 'delivered',
    'on-route': 'underway',
    lost: 'unknown',
    failed: { cause: 'other', transient: true },
    5: 'unknown-number',
    'failed 6': { cause: 'unreachable', transient: true },
  },
});

const create = (url: string, context: Parameters<typeof http.create>[2]) =>
  http.create('main', http.schema.parse(description(url)), context);

const report = (attemptId: string | undefined, dlr: object): ReportRequest => ({
  ...{ method: 'POST', url: 'https://einmal.example/', query: {}, headers: { 'content-type': 'application/json' } },
  rawBody: Buffer.from(JSON.stringify({ dlr: { id: 1234567890123456789n.toString(), ...dlr } })),
  ...(attemptId !== undefined && { attemptId }),
});
const statuses: [object, Partial<Report>][] = [
  [
    { state: 'Arrived', err: 0 },
    { status: 'delivered', detail: 'Arrived 0', providerMessageId: '1234567890123456789' },
  ],
  [{ state: 'ARRIVED' }, { status: 'delivered' }],
  [{ state: 'on-route' }, { status: 'underway', detail: 'on-route' }],
  [{ state: 'lost' }, { status: 'unknown' }],
  [
    { state: 'lost', err: 5 },
    { status: 'failed', cause: 'unknown-number' },
  ],
  [{ state: 'failed' }, { status: 'failed', cause: 'other' }],
  [
    { state: 'failed', err: 99 },
    { status: 'failed', cause: 'other', detail: 'failed 99' },
  ],
  [
    { state: 'failed', err: '5' },
    { status: 'failed', cause: 'unknown-number' },
  ],
  [
    { state: 'failed', err: 6 },
    { status: 'failed', cause: 'unreachable' },
  ],
  [{ state: 'DELIVRD' }, { status: 'delivered' }],
  [{ state: 'nobody said' }, { status: 'unknown', detail: 'nobody said' }],
  [{ state: 'Your code 012345 went to +4915112345678' }, { status: 'unknown', detail: 'not a known word' }],
];

providerContract({
  name: 'A gateway described in JSON',
  create,
  submit: { channel: 'sms', to: '+4915112345678', text: 'Your "code" is 012345.' },
  accepted: { status: 200, body: '{"state":"queued","messages":[{"id":"m-1"}]}' },
  expectRequest: ({ method, url, headers, body }, { reportUrl, attemptId }) => {
    expect([method, url]).toEqual(['POST', '/send/ac%261/messages']);
    expect(headers).toMatchObject({
      ...{ authorization: `Basic ${Buffer.from('otp:s3cret').toString('base64')}`, 'x-client': 'einmal/en' },
      'content-type': 'application/json',
    });
    expect(JSON.parse(body.toString())).toEqual({
      ...{ to: [{ msisdn: 4915112345678 }], from: 'Einmal', text: 'Your "code" is 012345.', ttl: 300, unicode: false },
      ...{ report: `${reportUrl}?kind=dlr`, ref: `einmal-${attemptId}`, flash: null },
    });
  },
  answers: [
    [
      { status: 201, body: '{"state":0,"messages":[{"id":9007199254740993}]}' },
      { kind: 'accepted', providerMessageId: '9007199254740993' },
    ],
    [{ status: 200, body: '{"state":"queued"}' }, { kind: 'accepted' }],
    [{ status: 200, body: '{"state":"queued","messages":[{"id":"a b"}]}' }, { kind: 'accepted' }],
    [
      { status: 200, body: '{"state":"maybe"}' },
      { kind: 'ambiguous', detail: 'answer 200' },
    ],
    [
      { status: 200, body: '' },
      { kind: 'ambiguous', detail: 'answer 200' },
    ],
    [
      { status: 200, body: '{"error":{"code":17}}' },
      { kind: 'refused', failure: 'throttled', cause: 'provider', detail: '17' },
    ],
    [
      { status: 200, body: '{"error":{"code":"18"}}' },
      { kind: 'refused', failure: 'quota', cause: 'provider', detail: '18' },
    ],
    [
      { status: 400, body: '{"error":{"code":19}}' },
      { kind: 'refused', failure: 'rejected', cause: 'unknown-number', detail: '19' },
    ],
    [
      { status: 400, body: '{"error":{"code":20}}' },
      { kind: 'refused', failure: 'rejected', cause: 'blocked', detail: '20' },
    ],
    [{ status: 402 }, { kind: 'refused', failure: 'quota', cause: 'provider', detail: '402' }],
    [{ status: 403 }, { kind: 'refused', failure: 'misconfigured', cause: 'provider', detail: '403' }],
    [{ status: 504 }, { kind: 'ambiguous', detail: 'answer 504' }],
  ],
  genuine: (attemptId) => report(attemptId, { state: 'Arrived' }),
  forged: { 'a report at an address without an attempt': () => report(undefined, { state: 'Arrived' }) },
  statuses: Object.fromEntries(
    statuses.map(([dlr, reads]) => [JSON.stringify(dlr), { report: (attemptId) => report(attemptId, dlr), reads }]),
  ),
});
