import { describe, expect, it } from 'vitest';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import type { Report } from '../../src/delivery/domain/outcome.js';
import { kannel } from '../../src/delivery/adapters/providers/kannel/kannel.js';
import { providerContext } from '../support/provider-context.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { providerContract } from './provider.contract.js';

const config = { type: 'kannel', channel: 'sms', username: 'otp', password: 's3cret', from: 'Einmal' } as const;
const create = (url: string, context: ProviderContext = providerContext()) =>
  kannel.create('main', { ...config, url }, context);

const refused = (failure: 'rejected' | 'throttled' | 'misconfigured', cause: 'blocked' | 'provider', detail: string) =>
  ({ kind: 'refused', failure, cause, detail }) as const;

const report = (over: Partial<ReportRequest>): ReportRequest => ({
  ...{
    method: 'GET',
    url: '',
    headers: {},
    rawBody: Buffer.alloc(0),
    query: { d: '1', A: 'stat:DELIVRD err:000', F: '1001' },
  },
  ...over,
});

providerContract({
  name: 'Kannel',
  create,
  submit: { channel: 'sms', to: '+4915112345678', text: 'Your code is 012345.' },
  accepted: { status: 202, body: '0: Accepted for delivery' },
  expectRequest: ({ method, url, headers, body }, { reportUrl }) => {
    expect(method).toBe('POST');
    expect(url).toBe('/send');
    expect(body.toString()).toBe('Your code is 012345.');
    expect(headers).toMatchObject({
      ...{ 'content-type': 'text/plain; charset=UTF-8', 'x-kannel-coding': '0', 'x-kannel-to': '+4915112345678' },
      ...{ 'x-kannel-username': 'otp', 'x-kannel-password': 's3cret', 'x-kannel-from': 'Einmal' },
      ...{ 'x-kannel-validity': '5', 'x-kannel-dlr-mask': '31' },
      'x-kannel-dlr-url': `${reportUrl}?d=%d&F=%F&A=%A&D=%D`,
    });
  },
  answers: [
    [
      { status: 202, body: '3: Queued for later delivery' },
      { kind: 'accepted', detail: 'queued for later delivery' },
    ],
    [
      { status: 202, body: 'Sent.' },
      { kind: 'accepted', detail: 'accepted' },
    ],
    [
      { status: 202, body: 'Sent. Denied receivers are: +4915112345678' },
      refused('rejected', 'blocked', 'denied by a list'),
    ],
    [
      { status: 403, body: 'Authorization failed for sendsms' },
      refused('misconfigured', 'provider', 'authorization failed'),
    ],
    [{ status: 403, body: 'Not routable. Do not try again.' }, refused('rejected', 'blocked', 'not routable')],
    [
      { status: 400, body: 'Number(s) has/have been denied by white- and/or black-lists.' },
      refused('rejected', 'blocked', 'denied by a list'),
    ],
    [
      { status: 400, body: 'Sender missing and no global set, rejected' },
      { ...refused('misconfigured', 'provider', 'answer 400'), scope: 'message' },
    ],
    [{ status: 503, body: 'Temporal failure, try again later.' }, refused('throttled', 'provider', '503')],
    [
      { status: 504, body: 'Gateway Time-out' },
      { kind: 'ambiguous', detail: 'answer 504' },
    ],
    [
      { status: 404, body: 'Unknown request.' },
      { ...refused('misconfigured', 'provider', 'answer 404'), scope: 'message' },
    ],
  ],
  genuine: (attemptId) => report({ attemptId }),
  forged: { 'a report at an address without an attempt': () => report({}) },
  statuses: Object.fromEntries(
    [
      { query: { d: '1', A: 'stat:DELIVRD err:000' }, reads: { status: 'delivered' } },
      { query: { d: '2', A: 'stat:UNDELIV err:001' }, reads: { status: 'failed', cause: 'unknown-number' } },
      { query: { d: '2', A: 'stat:UNKNOWN err:000' }, reads: { status: 'unknown' } },
      { query: { d: '4' }, reads: { status: 'underway' } },
      { query: { d: '8', A: 'ACK/' }, reads: { status: 'underway' } },
      { query: { d: '16', A: 'NACK/0x0000000b/Invalid' }, reads: { status: 'failed', cause: 'unknown-number' } },
      { query: { d: '16', A: 'NACK/Retries Exceeded' }, reads: { status: 'unknown' } },
      { query: { d: '34', A: 'stat:EXPIRED err:000' }, reads: { status: 'failed', cause: 'expired' } },
      { query: { d: '66' }, reads: { status: 'unknown' } },
    ].map(({ query, reads }) => [
      JSON.stringify(query),
      { report: (attemptId: string) => report({ attemptId, query }), reads: reads as Partial<Report> },
    ]),
  ),
});

describe('Kannel', () => {
  const to = (number: string): SubmitRequest => ({
    ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'sms', to: number, text: 'Ваш код 1', locale: 'ru' },
    ...{ validForSeconds: 61, reportUrl: 'http://x', reportMac: 'mac' },
  });

  it('writes in UCS-2 what 7 bits do not carry', async () => {
    const vendor = await FakeVendor.start();
    vendor.answers({ status: 202, body: '0: Accepted for delivery' });
    const provider = create(vendor.url);
    await provider.submit(to('+4915112345678'));
    const { headers, body } = vendor.requests[0] ?? {};
    expect(headers).toMatchObject({ 'content-type': 'text/plain; charset=UTF-16BE', 'x-kannel-coding': '2' });
    expect(headers).toMatchObject({ 'x-kannel-validity': '2' });
    expect(body?.subarray(0, 4).toString('hex')).toBe('04120430');
    await provider.close();
    await vendor.stop();
  });

  it.each([
    ['Number(s) has/have been denied by white- and/or black-lists.', { 'denied by a list': 'misconfigured' }],
    ['Sender missing and no global set, rejected', { '400': 'blocked' }],
  ])('means by %j what its operator says', async (body, errors) => {
    const vendor = await FakeVendor.start();
    vendor.answers({ status: 400, body });
    const own = kannel.schema.parse({ ...config, url: vendor.url, errors });
    const provider = kannel.create('main', own, providerContext());
    const [detail, meant] = Object.entries(errors)[0] ?? [];
    const outcome = meant === 'misconfigured' ? { failure: meant } : { failure: 'rejected', cause: meant };
    expect(await provider.submit(to('+4915112345678'))).toMatchObject({ kind: 'refused', detail, ...outcome });
    await provider.close();
    await vendor.stop();
  });

  it.each([
    '+49151 +49152',
    '+4915112345678 +4915187654321',
    '4915112345678',
    '+49151\r\nX-Kannel-From: 1',
    '',
    '+0123456789',
  ])('one number and nothing else: %j is refused before anything is sent', async (number) => {
    const provider = create('http://127.0.0.1:1/');
    expect(await provider.submit(to(number))).toMatchObject({ kind: 'refused', failure: 'rejected' });
    await provider.close();
  });

  it.each([
    [{ from: 'Einmal\r\nX: y' }],
    [{ from: 'twelve chars' }],
    [{ password: 'two\nlines' }],
    [{ url: 'ftp://gateway/' }],
    [{ channel: 'voice' }],
    [{ statuses: { '60': 'asleep' } }],
    [{ errors: { '400': 'asleep' } }],
    [{ username: undefined }],
    [{ shell: 'sh' }],
  ])('its configuration refuses %o', (over) => {
    expect(kannel.schema.safeParse({ ...config, url: 'http://gateway:13013/cgi-bin/sendsms' }).success).toBe(true);
    expect(kannel.schema.safeParse({ ...config, url: 'http://gateway:13013/', ...over }).success).toBe(false);
  });
});
