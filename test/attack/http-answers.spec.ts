import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import type { CallOptions } from '../support/http-client.js';
import { lines, sendRaw } from '../support/raw-http.js';

/**
 * What a refusal tells. Stack traces and quoted input help whoever looks for a hole, a page made of input runs in somebody's
 * browser, and an answer in another form than the documented one is an outage for clients that parse it.
 */
const CANARY = 'canary8472916350';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
});
afterAll(() => deployment.close());

interface Problem {
  status: number;
  code: string;
}

function ask(method: string, path: string, options: CallOptions = {}) {
  const withKey = { key: deployment.tenant.key, ...options };
  return deployment.service().call<Problem>(method, path, withKey);
}

const id = `ver_${'A'.repeat(22)}`;
const REFUSALS: [name: string, status: number, code: string, how: () => ReturnType<typeof ask>][] = [
  ['no path of ours', 404, 'not-found', () => ask('GET', `/${CANARY}?a=${CANARY}`)],
  ['no path below one of ours', 404, 'not-found', () => ask('GET', `/v1/verifications/${id}/${CANARY}`)],
  ['a slash too many', 404, 'not-found', () => ask('POST', '/v1/verifications/search/', { body: {} })],
  ['other case', 404, 'not-found', () => ask('GET', `/V1/verifications/${id}`)],
  ['an escaped slash', 404, 'not-found', () => ask('GET', `/v1%2fverifications%2f${id}`)],
  ['a broken escape', 400, 'invalid-request', () => ask('GET', `/v1/verifications/${CANARY}%zz`)],
  ['an escape of bytes that are no text', 400, 'invalid-request', () => ask('GET', '/v1/verifications/%ff%fe')],
  ['an escaped NUL', 404, 'not-found', () => ask('GET', `/v1/verifications/${CANARY}%00`)],
  ['an escaped NUL for the page', 404, 'not-found', () => ask('GET', '/sandbox/try/%00')],
  ['a very long id', 404, 'not-found', () => ask('GET', `/v1/verifications/${CANARY.repeat(60)}`)],
  ['an id of nobody', 404, 'not-found', () => ask('GET', `/v1/verifications/${id}`)],
  ['an id that is markup', 404, 'not-found', () => ask('GET', `/v1/verifications/<b>${CANARY}`)],
  ['no key', 401, 'unauthorized', () => ask('POST', '/v1/verifications', { key: CANARY, body: {} })],
  ['a key for something else', 403, 'forbidden', () => ask('GET', `/v1/admin/applications?a=${CANARY}`)],
  ['no body', 400, 'invalid-request', () => ask('POST', '/v1/verifications')],
  ['broken JSON', 400, 'invalid-request', () => ask('POST', '/v1/verifications', { body: `{"to":"${CANARY}` })],
  ['JSON of no object', 400, 'invalid-request', () => ask('POST', '/v1/verifications', { body: `"${CANARY}"` })],
  ['JSON that goes deep', 400, 'invalid-request', () => ask('POST', '/v1/verifications', { body: '['.repeat(8_000) })],
  [
    'a text that is no number',
    400,
    'invalid-request',
    () => ask('POST', '/v1/verifications', { body: { to: { phone: CANARY } } }),
  ],
  [
    'an address that is none',
    400,
    'invalid-request',
    () => ask('POST', '/v1/verifications', { body: { to: { email: `${CANARY}@@` } } }),
  ],
  [
    'a member too many',
    400,
    'invalid-request',
    () => ask('POST', '/v1/verifications', { body: { to: { phone: '+4915112345678' }, extra: CANARY } }),
  ],
  [
    'a broken idempotency key',
    400,
    'invalid-request',
    () => ask('POST', '/v1/verifications', { body: {}, headers: { 'idempotency-key': `${CANARY} ${CANARY}` } }),
  ],
  [
    'another media type',
    415,
    'invalid-request',
    () => ask('POST', '/v1/verifications', { body: CANARY, headers: { 'content-type': `text/${CANARY}` } }),
  ],
  ['a large body', 413, 'invalid-request', () => ask('POST', '/v1/verifications', { body: CANARY.repeat(2_000) })],
  ['another method', 405, 'invalid-request', () => ask('DELETE', '/v1/verifications')],
  [
    'a channel without an address',
    422,
    'no-channel',
    () => ask('POST', '/v1/verifications', { body: { to: { phone: '+4915112345678' }, channels: ['email'] } }),
  ],
  ['a report that is not authentic', 403, 'forbidden', () => ask('GET', `/v1/reports/sandbox-sms/${CANARY}/${CANARY}`)],
  [
    'a question about a call that is not authentic',
    403,
    'forbidden',
    () => ask('POST', `/v1/calls/sandbox-voice/${CANARY}/${CANARY}`),
  ],
  [
    'a question about a call of nobody’s',
    404,
    'not-found',
    () => ask('POST', `/v1/calls/${CANARY}/a/b`, { body: CANARY }),
  ],
  ['a report for nobody', 404, 'not-found', () => ask('POST', `/v1/reports/${CANARY}`, { body: CANARY })],
];

describe('a refusal', () => {
  it.each(REFUSALS)('of %s is a problem document: %i %s', async (_, status, code, how) => {
    const reply = await how();
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const { body } = reply;
    expect(body).toMatchObject({ status, code, type: `urn:einmal:problem:${code}` });
    expect(body).toHaveProperty('title', expect.stringMatching(/^\w/));
    expect(body).toHaveProperty('detail', expect.stringMatching(/\.$|: /));
  });

  it.each(REFUSALS)('of %s quotes nothing and shows no insides', async (...[, , , how]) => {
    const { body, headers } = await how();
    const told = JSON.stringify(body) + [...headers].join();
    expect(told).not.toContain(CANARY);
    expect(told).not.toMatch(/node_modules|\.js\b|\n\s+at |Error:|fastify|nest|postgres|redis|SELECT/i);
  });

  it.each(REFUSALS)('of %s can not become a page', async (...[, , , how]) => {
    const { headers } = await how();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('names of what it does not know no more than a line', async () => {
    const { body } = await ask('POST', '/v1/verifications', { body: { [CANARY.repeat(500)]: 1 } });
    expect(JSON.stringify(body).length).toBeLessThan(1_000);
  });

  it('of a server fault says nothing about it', async () => {
    await deployment.database.query('ALTER TABLE verifications RENAME TO verifications_away');
    const { status, body: answer } = await ask('GET', `/v1/verifications/${id}`);
    await deployment.database.query('ALTER TABLE verifications_away RENAME TO verifications');
    expect(status).toBe(500);
    expect(answer).toEqual({
      ...{ type: 'urn:einmal:problem:internal', title: 'Internal', status: 500, code: 'internal' },
      detail: 'Something unexpected happened. It was logged.',
    });
    const logged = deployment.service().logs.find((line) => line.includes('http.unexpected-error')) ?? '';
    expect(logged).toContain('42P01');
    expect(logged).not.toMatch(/SELECT|ek_/);
  });
});

describe('R58 another method', () => {
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];

  it('is 405 with Allow on every path there is, and TRACE nowhere', async () => {
    type Paths = Record<string, Record<string, unknown>>;
    const { paths } = (await deployment.service().call<{ paths: Paths }>('GET', '/openapi.json')).body;
    const reports = { '/v1/reports/{id}': { get: {}, post: {} }, '/v1/reports/{id}/{a}/{b}': { get: {}, post: {} } };
    // A path may also be one of another's ids: `/v1/verifications/search`, `/v1/factors/import`.
    const ofAnId = (path: string): string[] => {
      const siblings = Object.keys(paths).filter((other) => isWithId(other, path));
      return siblings.flatMap((sibling) => Object.keys(paths[sibling] ?? {})).map((method) => method.toUpperCase());
    };
    const isWithId = (other: string, path: string) =>
      other !== path && other.replace(/\{\w+\}$/, path.split('/').at(-1) ?? '') === path;
    for (const [path, item] of Object.entries<Record<string, unknown>>({ ...paths, ...reports })) {
      const allowed = Object.keys(item).map((method) => method.toUpperCase());
      const others = METHODS.filter((method) => !allowed.includes(method) && !ofAnId(path).includes(method));
      for (const method of others) {
        const request = lines(
          `${method} ${path.replace(/\{\w+\}/g, 'x')} HTTP/1.1`,
          'Host: a',
          'Connection: close',
          '',
        );
        const { statuses, text } = await sendRaw(deployment.service().port, request);
        expect(`${method} ${path} ${String(statuses)}`).toBe(`${method} ${path} 405`);
        const told = /^allow: (.*)$/im.exec(text)?.[1]?.split(', ') ?? [];
        expect(told).toEqual(expect.arrayContaining(allowed));
        expect(told).not.toContain(method);
        expect(text).toContain('application/problem+json');
      }
    }
  });

  it('HEAD is answered where GET is, without a body', async () => {
    const { statuses, text } = await sendRaw(
      deployment.service().port,
      lines('HEAD /livez HTTP/1.1', 'Host: a', 'Connection: close', ''),
    );
    expect(statuses).toEqual([200]);
    expect(text.endsWith('\r\n\r\n')).toBe(true);
  });
});

it('what is personal is not kept by caches: everything below /v1 says no-store', async () => {
  for (const [method, path] of [
    ['POST', '/v1/verifications/search'],
    ['GET', '/v1/admin/settings'],
    ['GET', `/v1/verifications/${id}`],
    ['GET', '/v1/nothing'],
  ] as const) {
    const { headers } = await ask(method, path, method === 'POST' ? { body: {} } : {});
    expect(headers.get('cache-control')).toBe('no-store');
  }
});
