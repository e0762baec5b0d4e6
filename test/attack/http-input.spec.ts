import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyFields, withValue, type ApiDocument, type BodyField } from '../support/body-fields.js';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { startLogin, type Login } from '../support/login.js';

/**
 * Bodies whose parts are of another kind than the code expects. An array where a text should be sent GitLab's reset mail to an
 * attacker (CVE-2023-7028), a number lost a code its leading zeros, `__proto__` changed every object (nestjs/nest#16050).
 * The matrix is made from the service's own OpenAPI document: a field added later is tried as well.
 */
/** For every kind of field, what is not of that kind. `1e999` is how JSON spells infinity. */
const WRONG: Record<string, string[]> = {
  string: ['[]', '["a"]', '{}', '{"toString":"a"}', '0', '1', '123456', 'true', 'null', '1e999'],
  integer: ['"6"', '[6]', '[]', '{}', '6.5', '-1', 'true', 'null', '1e999', '""'],
  number: ['"6"', '[6]', '[]', '{}', 'true', 'null', '""'],
  boolean: ['"true"', '"yes"', '1', '0', 'null', '[]', '[true]', '{}', '""'],
  object: ['[]', '"a"', '""', '1', 'true', 'null', '[{}]'],
  array: ['"sms"', '{}', '{"0":"sms","length":1}', '1', 'null', '[1]', '[null]', '[["sms"]]', '[{}]'],
};
WRONG['null'] = [...new Set(Object.values(WRONG).flat())].filter((value) => value !== 'null');

/** A right body for each call that has one; in it one field is made wrong. */
const RULE = { name: 'own', on: 'send', by: ['recipient'], rate: '1/1h' };
const ENTRY = { kind: 'prefix', values: ['+4915199'] };
const TO = { to: { phone: '+4915112345678' } };
const ENDPOINT = { url: 'https://hooks.example.com/einmal', enabled: true };
const SINCE = { since: '2026-11-23T06:00:00Z' };
const BODIES: Record<string, { operator?: true; body: object }> = {
  'POST /v1/verifications': { body: TO },
  'POST /v1/verifications/{id}/checks': { body: { code: '000000' } },
  'POST /v1/verifications/{id}/resend': { body: {} },
  'POST /v1/verifications/{id}/cancel': { body: {} },
  'POST /v1/verifications/search': { body: {} },
  'POST /v1/factors': { body: { subject: 'user-1' } },
  'POST /v1/factors/{id}/activate': { body: { code: '000000' } },
  'POST /v1/factors/{id}/checks': { body: { code: '000000' } },
  'POST /v1/factors/search': { body: { subject: 'user-1' } },
  'PATCH /v1/factors/{id}': { body: { label: 'phone' } },
  'POST /v1/factors/erase': { body: { subject: 'user-1' } },
  'POST /v1/factors/backup-codes': { body: { subject: 'user-1' } },
  'POST /v1/factors/import': { body: { factors: [{ subject: 'user-1', secret: 'A' }] } },
  'PUT /v1/admin/settings': { body: {} },
  'PUT /v1/admin/applications/{id}/settings': { operator: true, body: {} },
  'POST /v1/admin/applications': { operator: true, body: { name: 'Shop' } },
  'PUT /v1/admin/applications/{id}': { operator: true, body: { name: 'Shop', enabled: true } },
  'POST /v1/admin/applications/{id}/keys': { operator: true, body: { scopes: ['read'] } },
  'POST /v1/admin/applications/{id}/keys/{keyId}/rotate': { operator: true, body: {} },
  'POST /v1/admin/keys': { body: { scopes: ['read'] } },
  'POST /v1/admin/keys/{keyId}/rotate': { body: {} },
  'POST /v1/admin/operator-keys': { operator: true, body: {} },
  'POST /v1/admin/operator-keys/{keyId}/rotate': { operator: true, body: {} },
  'PUT /v1/admin/providers/{id}': { operator: true, body: { enabled: true } },
  'PUT /v1/admin/edge': { operator: true, body: { perAddress: '600/1m', perKey: '6000/1m', perFailedLogin: '30/1m' } },
  'POST /v1/admin/rules': { body: RULE },
  'PUT /v1/admin/rules/{id}': { body: RULE },
  'POST /v1/admin/applications/{id}/rules': { operator: true, body: RULE },
  'PUT /v1/admin/applications/{id}/rules/{ruleId}': { operator: true, body: RULE },
  'POST /v1/admin/lists/{list}': { body: ENTRY },
  'POST /v1/admin/lists/{list}/search': { body: { phone: '+4915112345678' } },
  'POST /v1/admin/applications/{id}/lists/{list}': { operator: true, body: ENTRY },
  'POST /v1/admin/applications/{id}/lists/{list}/search': { operator: true, body: { phone: '+4915112345678' } },
  'POST /v1/admin/decisions/search': { body: TO },
  'POST /v1/admin/limits/simulate': { body: { hours: 1, rules: [RULE] } },
  'PUT /v1/admin/prices': {
    operator: true,
    body: { currency: 'EUR', prices: [{ channel: 'sms', country: 'DE', amount: '0.07' }] },
  },
  'POST /v1/admin/recipients/erase': { body: TO },
  'POST /v1/admin/recipients/export': { body: TO },
  'POST /v1/admin/recipients/unlock': { body: TO },
  'POST /v1/tokens/consume': { body: { token: 'eyJ' } },
  'POST /v1/admin/templates/preview': { body: {} },
  'POST /v1/admin/applications/{id}/templates/preview': { operator: true, body: {} },
  'POST /v1/admin/webhooks': { body: ENDPOINT },
  'PUT /v1/admin/webhooks/{endpointId}': { body: ENDPOINT },
  'POST /v1/admin/webhooks/{endpointId}/rotate-secret': { body: {} },
  'POST /v1/admin/webhooks/{endpointId}/replay': { body: SINCE },
  'POST /v1/admin/applications/{id}/webhooks': { operator: true, body: ENDPOINT },
  'PUT /v1/admin/applications/{id}/webhooks/{endpointId}': { operator: true, body: ENDPOINT },
  'POST /v1/admin/applications/{id}/webhooks/{endpointId}/rotate-secret': { operator: true, body: {} },
  'POST /v1/admin/applications/{id}/webhooks/{endpointId}/replay': { operator: true, body: SINCE },
};

let deployment: Deployment;
let fields: Map<string, BodyField[]>;
let login: Login;
let operatorKey: string;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  fields = bodyFields((await deployment.service().call<ApiDocument>('GET', '/openapi.json')).body);
  operatorKey = await deployment.createOperatorKey();
  login = await startLogin(deployment, { metadata: { note: 'untouched' } });
  await login.code();
});
afterAll(() => deployment.close());

function send(call: string, body: string) {
  const [method = '', path = ''] = call.split(' ');
  const id = path.startsWith('/v1/admin/') ? deployment.tenant.applicationId : login.id;
  // Nobody gets as far as asking whether these exist.
  const filled = path
    .replace('{id}', id)
    .replace('{list}', 'block')
    .replace(/\{\w+\}/, 'nobody');
  const key = BODIES[call]?.operator ? operatorKey : deployment.tenant.key;
  return deployment.service().call<{ code?: string }>(method, filled, {
    ...{ key, body, headers: { 'if-match': '"1"' } },
  });
}

/** Sends every body and tells those that were not refused as malformed. */
async function notRefused(call: string, bodies: string[]): Promise<string[]> {
  const answers = await Promise.all(bodies.map(async (body) => ({ body, reply: await send(call, body) })));
  return answers
    .filter(({ reply }) => reply.status !== 400 || reply.body.code !== 'invalid-request')
    .map(({ body, reply }) => `${String(reply.status)} ${body}`);
}

/** What may be this or that is wrong only as what is neither. */
const wrongForAll = ([first = '', ...others]: string[]) =>
  (WRONG[first] ?? []).filter((value) => others.every((type) => WRONG[type]?.includes(value)));

const namesInBodies = () => [...new Set([...fields.values()].flat().flatMap(({ path }) => path))];

describe('R54 a field of another kind', () => {
  it('is tried in the body of every call there is', () => {
    expect([...fields.keys()].sort()).toEqual(Object.keys(BODIES).sort());
  });

  it.each(Object.keys(BODIES))('is 400 in %s, whichever field it is', async (call) => {
    const { body } = BODIES[call] ?? { body: {} };
    const known = fields.get(call) ?? [];
    expect(known.filter(({ types }) => types.some((type) => !WRONG[type]))).toEqual([]);
    const bodies = known.flatMap(({ path, types }) => wrongForAll(types).map((value) => withValue(body, path, value)));
    expect(await notRefused(call, bodies)).toEqual([]);
  });
});

describe('R2 R55 a code that is not exactly digits', () => {
  it('is 400 and spends no attempt', async () => {
    const codes = [
      ...['', ' ', '12345', '12345678901', ' 123456', '123456 ', '123456\n', '123456\u0000', '\t123456'],
      ...[
        '１２３４５６',
        '٠١٢٣٤٥',
        '୧୨୩୪୫୬',
        '123 456',
        '123-456',
        '+123456',
        '-123456',
        '1e5000',
        '0x1234',
        '12345.6',
      ],
      ...['123456\u200b', '\ufeff123456', 'abcdef', '%31%32%33%34%35%36', '123456,123456', 'null', '.{6}'],
    ];
    const bodies = codes.map((code) => JSON.stringify({ code }));
    expect(await notRefused('POST /v1/verifications/{id}/checks', [...bodies, '{}'])).toEqual([]);
  });
});

describe('R57 a name that reaches into every object', () => {
  const names = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'const\\u0072uctor'];
  const values = ['{}', '{"admin":true}', '{"prototype":{"admin":true}}', '"a"', 'null', '[]'];
  const members = names.flatMap((name) => values.map((value) => `"${name}":${value}`));

  it.each<[string, (member: string) => string]>([
    ['the body', (member) => `{"to":{"phone":"+4915112345678"},${member}}`],
    ['the body, first', (member) => `{${member},"to":{"phone":"+4915112345678"}}`],
    ['the recipient', (member) => `{"to":{"phone":"+4915112345678",${member}}}`],
    ['the end user', (member) => `{"to":{"phone":"+4915112345678"},"endUser":{${member}}}`],
    ['the binding', (member) => `{"to":{"phone":"+4915112345678"},"binding":{"amount":"1","payee":"a",${member}}}`],
    ['metadata, whose names are free', (member) => `{"to":{"phone":"+4915112345678"},"metadata":{${member}}}`],
    ['something nobody asked for', (member) => `{"to":{"phone":"+4915112345678"},"a":{"b":[{"c":{${member}}}]}}`],
  ])('is 400 in %s', async (_, body) => {
    expect(await notRefused('POST /v1/verifications', members.map(body))).toEqual([]);
  });
});

describe('R64 a field that only the service may set', () => {
  const names = ['verified', 'status', 'attempts', 'attemptsLeft', 'maxAttempts', 'tenantId', 'applicationId', 'id'];
  const more = ['expiresAt', 'resendAt', 'step', 'sends', 'token', 'approvedChannel', 'failedChecks', 'scope', 'TO'];

  it.each(Object.keys(BODIES))('is 400 in %s', async (call) => {
    const { body } = BODIES[call] ?? { body: {} };
    const own = (fields.get(call) ?? []).map(({ path }) => path[0]);
    const foreign = [...names, ...more].filter((name) => !own.includes(name));
    const bodies = foreign.map((name) => JSON.stringify({ ...body, [name]: 'yes' }));
    expect(await notRefused(call, bodies)).toEqual([]);
  });
});

describe('text that no store can keep', () => {
  const texts = ['\\u0000', 'a\\u0000b', '\\ud800', '\\udc00\\ud800', '\\u001b[31m', 'a\\r\\nb', '\\u0085'];

  it.each(['purpose', 'subject', 'metadata.note', 'binding.payee', 'endUser.deviceId', 'endUser.userAgent'])(
    'is 400 in %s',
    async (field) => {
      const right = { to: { phone: '+4915112345678' }, ...(field.startsWith('b') && { binding: { amount: '1' } }) };
      const bodies = texts.map((text) => withValue(right, field.split('.'), `"${text}"`));
      expect(await notRefused('POST /v1/verifications', bodies)).toEqual([]);
    },
  );

  it('is 400 as a cursor that no search gave', async () => {
    const cursors = [
      'AAAA',
      '',
      '9999-99-99 99:99:99+00|ver_x',
      '99999999999999999|ver_x',
      '1|ver_x\0',
      '1|',
      '-1|ver_x',
    ];
    const encoded = cursors.map((cursor) => JSON.stringify({ cursor: Buffer.from(cursor).toString('base64url') }));
    expect(await notRefused('POST /v1/verifications/search', encoded)).toEqual([]);
  });
});

it('all of that has changed nothing', async () => {
  const { body } = await login.read();
  expect(body).toMatchObject({ status: 'pending', attemptsLeft: 5, metadata: { note: 'untouched' } });
  expect(body).toHaveProperty('deliveries.length', 1);
  const { body: found } = await deployment.service().call('POST', '/v1/verifications/search', {
    ...{ key: deployment.tenant.key, body: {} },
  });
  expect(found).toHaveProperty('verifications.length', 1);
  const settings = await deployment.service().call('GET', '/v1/admin/settings', { key: deployment.tenant.key });
  expect(settings.body).toMatchObject({ version: 1 });
});

/** Last, because some of it is right by chance. */
it('whatever JSON is sent to whichever call, it is refused in order and breaks nothing', async () => {
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        '+4915112345678',
        'ada@example.org',
        'sms',
        '2026-01-01T00:00:00Z',
        'DE',
        '000000',
        '\u0000',
        '\ud800',
      ),
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.constantFrom(...namesInBodies()), tie('value'), { maxKeys: 4 }),
  }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(BODIES)), anything.object, async (call, body) => {
      const { status, headers } = await send(call, JSON.stringify(body));
      expect(status).toBeLessThan(500);
      if (status >= 400) expect(headers.get('content-type')).toContain('application/problem+json');
    }),
    { numRuns: 300 },
  );
});
