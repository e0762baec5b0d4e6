import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRealCarriers, somebody, storyOf, type RealCarriers } from '../support/real-carriers.js';

/** From one API call through a real SMS gateway to a network that does what the last digits of the number say, and back. */
let carriers: RealCarriers;

beforeAll(async () => {
  carriers = await openRealCarriers({ recordSubmissions: true });
});
afterAll(() => carriers.close());

describe('an SMS that arrives', () => {
  it.concurrent.each([
    ['at once', '01', 'report delivered: DELIVRD err:000; effect delivered'],
    ['and is reported twice', '06', 'report delivered: DELIVRD err:000; effect delivered'],
    ['and is then said to be under way', '07', 'report delivered: DELIVRD err:000; effect delivered'],
    ['after the network has buffered it', '14', 'report underway: ACCEPTD err:000; effect none: underway'],
    [
      'after the network refused it once for being too busy',
      '18',
      'report delivered: DELIVRD err:000; effect delivered',
    ],
    ['six seconds later', '10', 'report delivered: DELIVRD err:000; effect delivered'],
  ])('%s is the only message, and its code approves', async (_, digits, reported) => {
    const to = somebody(digits);
    const id = await carriers.start(to);
    const verification = await carriers.until(id, ['sms delivered']);
    expect(storyOf(verification)).toContain(reported);
    expect((await carriers.check(id, await carriers.codeBy('sms', id, to))).status).toBe(200);
    expect(carriers.mailsTo(to)).toHaveLength(0);
    expect(await carriers.callsOf(id)).toHaveLength(0);
  });
});

describe('an SMS that fails by report', () => {
  it.concurrent.each<[string, string, string, string, 'voice' | 'email']>([
    ['because nobody has the number', '02', 'UNDELIV err:001; cause unknown-number', 'unknown-number', 'email'],
    ['because it was not delivered in time', '03', 'EXPIRED err:000; cause expired', 'expired', 'voice'],
    ['because the network rejects it', '04', 'REJECTD err:008; cause blocked', 'blocked', 'voice'],
    ['although it arrives in the end', '21', 'UNDELIV err:001; cause unknown-number', 'unknown-number', 'email'],
    ['by a receipt without a text', '15', 'err:027; cause unreachable', 'unreachable', 'email'],
    ['by a receipt that is nothing but text', '25', 'EXPIRED err:000; cause expired', 'expired', 'voice'],
    ['because the network does not take it', '09', 'NACK/0x0000000b; cause unknown-number', 'unknown-number', 'email'],
  ])('%s is followed once by the channel that fits, whose code approves', async (_, digits, report, cause, channel) => {
    const to = somebody(digits);
    const id = await carriers.start(to);
    const second = channel === 'voice' ? 'voice delivered' : 'email sent';
    const verification = await carriers.until(id, ['sms failed', second]);
    expect(storyOf(verification)).toEqual(
      expect.arrayContaining([
        'queued: first channel of the plan',
        'submit accepted: accepted',
        `report failed: ${report}; effect failed`,
        `failed: cause ${cause}`,
        `queued: sms failed: ${cause}`,
      ]),
    );
    const code = await carriers.codeBy(channel, id, to);
    expect((await carriers.check(id, code)).body).toMatchObject({ status: 'approved', channel });
    expect(carriers.smsTo(to)).toHaveLength(1);
    expect(carriers.mailsTo(to).length + (await carriers.callsOf(id)).length).toBe(1);
  });
});

/** Last, because it looks at everything that was said before. */
describe('what crossed the wire', () => {
  const codes = () =>
    [
      ...carriers.peers.kannel.smscLog().map(({ text }) => text),
      ...carriers.peers.mail.messages().map(({ raw }) => raw),
    ].map((text) => /\b\d{10}\b(?= is your)/.exec(text)?.[0] ?? '');

  it('R8 has no code in any URL or header: not on the way to the gateway, not on the way back', () => {
    const { submissions, callbacks } = carriers.peers;
    expect(new Set(codes()).size).toBeGreaterThan(10);
    expect(submissions.requests.length).toBeGreaterThan(10);
    expect(callbacks.requests.length).toBeGreaterThan(20);
    for (const code of codes()) {
      expect(code).toMatch(/^\d{10}$/);
      for (const { url, headers } of [...submissions.requests, ...callbacks.requests])
        expect(url + JSON.stringify(headers)).not.toContain(code);
    }
    for (const { method, url } of submissions.requests) expect(`${method} ${url}`).toBe('POST /cgi-bin/sendsms');
  });

  it('says how long a message is worth sending, who sends it, and where to report', () => {
    for (const { headers } of carriers.peers.submissions.requests)
      expect(headers).toMatchObject({
        ...{ 'x-kannel-from': 'Shop', 'x-kannel-validity': '5', 'x-kannel-dlr-mask': '31' },
        'x-kannel-dlr-url': expect.stringMatching(/\/v1\/reports\/kannel\/att_[\w-]{22}\/[\w-]{22}\?/) as string,
      });
  });

  it('comes back to the attempt, under its MAC, and is answered 200', () => {
    for (const { method, url, status, headers } of carriers.peers.callbacks.requests.filter(isKannel)) {
      expect(`${method} ${url}`).toMatch(/^GET \/v1\/reports\/kannel\/att_[\w-]{22}\/[\w-]{22}\?d=\d+&F=/);
      expect(headers['user-agent']).toContain('Kannel');
      expect(status).toBe(200);
    }
  });

  it('R31 forged by whoever saw it is 403 for every other attempt, and changes nothing', async () => {
    const to = somebody('05');
    const id = await carriers.start(to);
    await carriers.until(id, ['sms sent']);
    const seen = carriers.peers.callbacks.requests
      .filter(isKannel)
      .map(({ url }) => url.split('?')[0]?.split('/') ?? []);
    const [mine, theirs] = [seen.at(-1), seen.at(0)];
    const reports = [
      ['', 'v1', 'reports', 'kannel', mine?.[4], theirs?.[5]],
      ['', 'v1', 'reports', 'kannel', mine?.[4], 'A'.repeat(22)],
      ['', 'v1', 'reports', 'calls', mine?.[4], mine?.[5]],
    ].map((parts) => parts.join('/'));
    for (const path of [...reports, '/v1/reports/kannel'])
      expect((await carriers.service().call('GET', `${path}?d=2&F=&A=stat%3AUNDELIV&D=`)).status).toBe(403);
    expect(await carriers.deliveriesOf(id)).toEqual(['sms sent']);
  });

  it('R33 again, after the verification is over, changes nothing', async () => {
    const failed = carriers.peers.callbacks.requests.filter(isKannel).filter(({ url }) => url.includes('?d=2&'));
    const before = carriers.peers.mail.messages().length;
    for (const { url } of failed) expect((await carriers.service().call('GET', url)).status).toBe(200);
    expect(carriers.peers.mail.messages()).toHaveLength(before);
  });
});

const isKannel = ({ url }: { url: string }) => url.startsWith('/v1/reports/kannel/');
