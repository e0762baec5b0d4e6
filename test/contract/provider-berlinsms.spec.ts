import { describe, expect, it } from 'vitest';
import type { ProviderContext } from '../../src/delivery/application/provider-type.js';
import type { ReportRequest, SubmitRequest } from '../../src/delivery/application/provider.js';
import { berlinsms } from '../../src/delivery/adapters/providers/http/profiles/berlinsms.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { providerContext } from '../support/provider-context.js';
import { providerContract } from './provider.contract.js';

const REST = { type: 'berlinsms', channel: 'sms', apiKey: 'k3y', textInUrl: 'accepted' };
const SECRET = 'a-secret-of-the-address';

/** What an account's documents may add: none are published. */
const REPORTS = {
  accepted: { id: { json: '$.id' } },
  reports: {
    ...{ to: 'account', secret: { query: 'token', value: SECRET } },
    ...{ id: { json: '$.id' }, status: { json: '$.status' } },
  },
};
const create =
  (config: object) =>
  (url: string, context: ProviderContext = providerContext()) =>
    berlinsms.create('main', berlinsms.schema.parse({ ...config, url }), context);

const report = (id: string, status: string, token = ''): ReportRequest => ({
  ...{ method: 'POST', url: `https://einmal.example/v1/reports/main?token=${token}`, query: { token }, headers: {} },
  rawBody: Buffer.from(JSON.stringify({ id, status })),
});
const says = (status: string, reads: object) => ({
  [status]: { report: (_: string, id: string) => report(id, status, SECRET), reads },
});

providerContract({
  name: 'BerlinSMS',
  create: create({ ...REST, ...REPORTS }),
  submit: { channel: 'sms', to: '+4915112345678', text: 'Your code? 50% off/012345 & more.' },
  textInUrl: true,
  accepted: { status: 200, body: '{"id":"m1"}' },
  expectRequest: ({ method, url, headers, body }) => {
    expect(method).toBe('POST');
    expect(url).toBe('/send/send/sms/%2B4915112345678/Your%20code%3F%2050%25%20off%2F012345%20%26%20more.');
    expect(headers).toMatchObject({ apikey: 'k3y' });
    expect(body.toString()).toBe('');
  },
  byMessageId: {
    id: (nth) => `m${String(nth)}`,
    accepted: (id) => ({ status: 200, body: JSON.stringify({ id }) }),
  },
  answers: [
    [
      { status: 201, body: '{"id":7}' },
      { kind: 'accepted', providerMessageId: '7' },
    ],
    [{ status: 401 }, { kind: 'refused', failure: 'misconfigured', cause: 'provider', detail: 'answer 401' }],
  ],
  genuine: (_, id) => report(id, 'delivered', SECRET),
  forged: {
    'a report without the secret': (_, id) => report(id, 'delivered'),
    'a report with another secret': (_, id) => report(id, 'delivered', `${SECRET}!`),
  },
  statuses: {
    ...says('sent', { status: 'underway' }),
    ...says('delivered', { status: 'delivered' }),
    ...says('failed', { status: 'failed', cause: 'other' }),
    ...says('asleep', { status: 'unknown' }),
  },
});

describe('BerlinSMS', () => {
  const request: SubmitRequest = {
    ...{ attemptId: 'att_1', messageId: 'msg_1', channel: 'sms', to: '+4915112345678', text: 'Ihr Code: 1 & 2' },
    ...{ locale: 'de', validForSeconds: 61, reportUrl: 'http://x', reportMac: 'mac' },
  };

  it('takes text and number in the body of the older form', async () => {
    const vendor = await FakeVendor.start();
    vendor.answers({ status: 200, body: 'gesendet' });
    const form = { type: 'berlinsms', channel: 'sms', interface: 'form', username: 'otp', password: 'p&w' };
    const provider = create(form)(vendor.url, providerContext());
    expect(await provider.submit(request)).toEqual({ kind: 'accepted' });
    const [{ method, url, headers, body } = {}] = vendor.requests;
    expect([method, url]).toEqual(['POST', '/send/wab_versand.php']);
    expect(headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(body?.toString()).toBe('name=otp&pass=p%26w&target=%2B4915112345678&text=Ihr%20Code%3A%201%20%26%202');
    await provider.close();
    await vendor.stop();
  });

  it.each([
    ['the text in the URL that nobody has accepted', { ...REST, textInUrl: undefined }, 'textInUrl'],
    ['no key', { ...REST, apiKey: undefined }, 'apiKey'],
    ['a form without a password', { ...REST, interface: 'form', username: 'otp' }, 'password'],
    ['reports by an id that answers do not name', { ...REST, reports: REPORTS.reports }, 'accepted.id'],
    [
      'reports that nothing proves',
      { ...REST, ...REPORTS, reports: { ...REPORTS.reports, secret: undefined } },
      'reports',
    ],
    ['an option that there is not', { ...REST, from: 'Einmal' }, ''],
  ])('its configuration refuses %s', (_, config, path) => {
    const { error } = berlinsms.schema.safeParse(config);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});
