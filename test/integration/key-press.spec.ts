/**
 * A call that asks for a key before it tells a code, from the text message that failed to the check: the whole service in this
 * process, with vendors on the wire. An answering machine hears nothing worth keeping, and nobody but the vendor is told a code.
 */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { EinmalConfig } from '../../src/config.js';
import { twilioSignature } from '../../src/delivery/adapters/providers/twilio/twilio-signature.js';
import { providerKinds } from '../../src/provider-kinds.js';
import { formOf, placedByTwilio, placedByVonage, saidDigits, vonageToken } from '../support/calls.js';
import { eventually } from '../support/eventually.js';
import { FakeVendor } from '../support/fake-vendor.js';
import { newPhone } from '../support/login.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { PUBLIC_URL, WholeService } from '../support/whole-service.js';

const TOKEN = '0123456789abcdef0123456789abcdef';
const VONAGE = { applicationId: '0f2b7a3c-1111-4222-8333-444455556666', signatureSecret: 'a secret for signatures' };

let store: TestDatabase;
let service: WholeService;
let sms: FakeVendor;
let twilio: FakeVendor;
let vonage: FakeVendor;
let key: string;

beforeAll(async () => {
  [store, sms, twilio, vonage] = await Promise.all([
    openTestDatabase(),
    ...[FakeVendor.start(), FakeVendor.start(), FakeVendor.start()],
  ] as const);
  sms.answers({ status: 400, body: 'Number(s) has/have been denied by white- and/or black-lists.' });
  twilio.answers(placedByTwilio);
  vonage.answers(placedByVonage);
  service = await WholeService.start(store.database, config());
  ({ key } = await service.tenant('Shop', ['verify', 'read']));
});
afterAll(async () => {
  await service.close();
  await Promise.all([store.close(), sms.stop(), twilio.stop(), vonage.stop()]);
});

/** Austria is called over Vonage. As the configuration file's schemas would have read it. */
function config(): EinmalConfig {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const from = '+4930123456';
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: TOKEN };
  const entries = {
    sms: { type: 'kannel', channel: 'sms', url: sms.url, username: 'u', password: 'p', from: 'Shop' },
    twilio: { type: 'twilio-voice', channel: 'voice', url: twilio.url, from, ...account },
    vonage: { type: 'vonage-voice', channel: 'voice', url: vonage.url, from, privateKey: pem, ...VONAGE },
    mail: { type: 'sandbox', channel: 'email' },
  };
  const read = Object.entries(entries).map(([id, entry]) => {
    const schema = providerKinds.find(({ type }) => type === entry.type)?.schema;
    return [id, schema?.parse(entry)] as const;
  });
  const routes = { voice: ['twilio'], 'voice/AT': ['vonage'] };
  const defaults = { policy: { codeLength: 10 }, voice: { keyPress: true } };
  return new EinmalConfig(Object.fromEntries(read) as EinmalConfig['providers'], routes, defaults);
}

interface Answer {
  status: number;
  text: string;
  body: Record<string, unknown>;
}

async function call(method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer> {
  const reply = await service.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}` },
    ...(payload && { payload }),
  });
  return { status: reply.statusCode, text: reply.body, body: reply.json() };
}

const check = (id: string, code = '') => call('POST', `/v1/verifications/${id}/checks`, { code });

/** `sms failed`, `voice sent`. */
async function deliveriesOf(id: string): Promise<string[]> {
  const { body } = await call('GET', `/v1/verifications/${id}`);
  return (body['deliveries'] as { channel: string; status: string }[]).map((one) => `${one.channel} ${one.status}`);
}
const until = (id: string, deliveries: string[]) =>
  eventually(async () => {
    expect(await deliveriesOf(id)).toEqual(deliveries);
  });

interface Call {
  id: string;
  /** What the vendor was told to say and to do. */
  told: string;
  questionUrl: string;
  reportUrl: string;
}

async function start(phone: string, vendor: FakeVendor): Promise<{ id: string; body: Buffer; form: URLSearchParams }> {
  const { status, body } = await call('POST', '/v1/verifications', { to: { phone, email: 'ada@example.org' } });
  expect({ status, body }).toMatchObject({ status: 202 });
  const id = body['id'] as string;
  await until(id, ['sms failed', 'voice sent']);
  const request = vendor.requests.find(({ body: sent }) =>
    formOf({ body: sent } as never)
      .toString()
      .includes(phone.slice(1)),
  );
  if (!request) throw new Error('Nobody was called.');
  return { id, body: request.body, form: formOf(request) };
}

/** A text message that failed, and the call that follows over Twilio. */
async function called(): Promise<Call> {
  const { id, form } = await start(newPhone(), twilio);
  const told = form.get('Twiml') ?? '';
  const questionUrl = /action="([^"]+)"/.exec(told)?.[1] ?? '';
  return { id, told, questionUrl, reportUrl: (form.get('StatusCallback') ?? '').replace(/#.*/, '') };
}

/** A callback of Twilio's to one of a call's addresses, signed unless `signature` says otherwise. */
async function post(
  url: string,
  said: Record<string, string>,
  signature?: string,
): Promise<{ status: number; text: string }> {
  const form = new URLSearchParams({ CallSid: `CA${'0'.repeat(32)}`, ...said });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signature ?? twilioSignature(TOKEN, url, form),
  };
  const path = url.slice(PUBLIC_URL.length);
  const { statusCode, body } = await service.app.inject({
    method: 'POST',
    url: path,
    headers,
    payload: form.toString(),
  });
  return { status: statusCode, text: body };
}

const press = ({ questionUrl }: Call, Digits = '1') => post(questionUrl, { Digits, CallStatus: 'in-progress' });
const hangUp = ({ reportUrl }: Call) => post(reportUrl, { CallStatus: 'completed', CallDuration: '20' });

test('R37 the key that is pressed makes the code, which is said twice and approves', async () => {
  const answered = await called();
  expect(answered.told).toContain('This is Shop. Press 1 to hear your code.');
  expect(saidDigits(answered.told)).toEqual([]);
  const { status, text } = await press(answered);
  expect(status).toBe(200);
  const [code, again] = saidDigits(text);
  expect(code).toMatch(/^\d{10}$/);
  expect(again).toBe(code);
  await until(answered.id, ['sms failed', 'voice delivered']);
  await hangUp(answered);
  await until(answered.id, ['sms failed', 'voice delivered']);

  expect(await check(answered.id, code)).toMatchObject({ status: 200, body: { status: 'approved' } });
  const kept = await store.database.query<{ row: string }>(
    `SELECT v::text AS row FROM verifications v UNION ALL SELECT d::text FROM deliveries d UNION ALL
     SELECT a::text FROM send_attempts a UNION ALL SELECT r::text FROM reports r UNION ALL SELECT e::text FROM events e`,
  );
  expect(kept.filter(({ row }) => row.includes(code ?? ''))).toEqual([]);
});

describe('R37 a call in which the key is not pressed', () => {
  it('by a machine tells nothing and is followed by the next channel', async () => {
    const unheard = await called();
    await hangUp(unheard);
    await until(unheard.id, ['sms failed', 'voice failed', 'email sent']);
    const { text } = await call('GET', `/v1/verifications/${unheard.id}`);
    expect(text).toContain('voice failed: no-answer');
  });

  it('but another ends, and tells nothing', async () => {
    const mistaken = await called();
    const { status, text } = await press(mistaken, '2');
    expect([status, text]).toEqual([200, expect.stringContaining('<Response><Hangup/></Response>')]);
    await hangUp(mistaken);
    await until(mistaken.id, ['sms failed', 'voice failed', 'email sent']);
  });
});

describe('R37 a question that is asked again', () => {
  const sendsOf = async ({ id }: Call) =>
    (await store.database.query<{ sends: number }>('SELECT sends FROM verifications WHERE id = $1', [id]))[0]?.sends;

  it('within seconds is told another code in place of the first, and costs no send', async () => {
    const answered = await called();
    const before = await sendsOf(answered);
    const [[first], [second]] = [saidDigits((await press(answered)).text), saidDigits((await press(answered)).text)];
    expect(second).not.toBe(first);
    expect(await sendsOf(answered)).toBe(before);
    expect((await check(answered.id, first)).body).toMatchObject({ code: 'wrong-code' });
    expect(await check(answered.id, second)).toMatchObject({ status: 200 });
  });

  it('while the first is still being answered is told the same code, which approves', async () => {
    const answered = await called();
    const told = await Promise.all([press(answered), press(answered), press(answered)]);
    const [first, second, third] = told.map(({ text }) => saidDigits(text)[0]);
    expect([second, third]).toEqual([first, first]);
    expect(await check(answered.id, first)).toMatchObject({ status: 200, body: { status: 'approved' } });
  });

  it('later, by whoever recorded it, is told nothing', async () => {
    const answered = await called();
    const [code] = saidDigits((await press(answered)).text);
    await store.database.query(`UPDATE reports SET received_at = received_at - interval '21 seconds'`);
    expect((await press(answered)).text).not.toContain('Say');
    expect(await check(answered.id, code)).toMatchObject({ status: 200 });
  });

  it('after the person was let in otherwise is told so', async () => {
    const answered = await called();
    await call('POST', `/v1/verifications/${answered.id}/cancel`);
    const { text } = await press(answered);
    expect(text).toContain('not needed any more');
    expect(saidDigits(text)).toEqual([]);
  });
});

test('R31 R37 a forged question is refused and makes no code', async () => {
  const victim = await called();
  const other = await called();
  const macOf = (url: string) => url.split('/').at(-1) ?? '';
  const forged: Record<string, () => ReturnType<typeof post>> = {
    'without a signature': () => post(victim.questionUrl, { Digits: '1' }, ''),
    'with the signature of another address': () =>
      post(
        victim.questionUrl,
        { Digits: '1' },
        twilioSignature(TOKEN, other.questionUrl, new URLSearchParams({ Digits: '1' })),
      ),
    'signed by somebody else': () =>
      post(
        victim.questionUrl,
        { Digits: '1' },
        twilioSignature('x', victim.questionUrl, new URLSearchParams({ Digits: '1' })),
      ),
    'with the MAC of another call': () =>
      post(victim.questionUrl.replace(macOf(victim.questionUrl), macOf(other.questionUrl)), { Digits: '1' }),
    'with the MAC for reports': () =>
      post(victim.questionUrl.replace(macOf(victim.questionUrl), macOf(victim.reportUrl.replace(/\?.*/, ''))), {
        Digits: '1',
      }),
    'at another provider': () => post(victim.questionUrl.replace('/twilio/', '/mail/'), { Digits: '1' }),
  };
  for (const [how, ask] of Object.entries(forged)) {
    const { status, text } = await ask();
    expect([how, status, saidDigits(text)]).toEqual([how, 403, []]);
  }
  expect((await post(victim.questionUrl.replace('/twilio/', '/nobody/'), { Digits: '1' })).status).toBe(404);
  expect(await deliveriesOf(victim.id)).toEqual(['sms failed', 'voice sent']);
});

describe('R37 over Vonage', () => {
  interface Actions {
    ncco: { eventUrl?: string[]; text?: string }[];
    event_url: string[];
  }

  async function send(url: string, event: object): Promise<{ status: number; text: string; type: unknown }> {
    const payload = JSON.stringify(event);
    const headers = {
      authorization: `Bearer ${vonageToken(VONAGE, payload)}`,
      'content-type': 'application/json',
    };
    const reply = await service.app.inject({ method: 'POST', url: url.slice(PUBLIC_URL.length), headers, payload });
    return { status: reply.statusCode, text: reply.body, type: reply.headers['content-type'] };
  }

  it('the key that is pressed makes the code, and a call without it counts as not answered', async () => {
    const [first, second] = [await start('+436641234567', vonage), await start('+436641234568', vonage)];
    const [answered, unheard] = [first, second].map(({ body }) => JSON.parse(body.toString()) as Actions);
    const question = answered?.ncco.find(({ eventUrl }) => eventUrl)?.eventUrl?.[0] ?? '';
    expect(saidDigits(first.body.toString())).toEqual([]);

    const nothing = await send(question, { dtmf: { digits: '', timed_out: true } });
    expect(nothing).toMatchObject({
      status: 200,
      text: '[]',
      type: expect.stringContaining('application/json') as string,
    });
    const told = await send(question, { dtmf: { digits: '1', timed_out: false } });
    const [code, again] = saidDigits(told.text);
    expect(again).toBe(code);
    expect(await check(first.id, code)).toMatchObject({ status: 200 });

    await send(unheard?.event_url[0] ?? '', { status: 'completed', duration: '12' });
    await until(second.id, ['sms failed', 'voice failed', 'email sent']);
  });
});
