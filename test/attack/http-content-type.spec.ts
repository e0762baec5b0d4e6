import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { lines, sendRaw } from '../support/raw-http.js';

/**
 * Spellings of a media type that one part of a framework takes for JSON and another does not, so that the body is parsed but
 * not validated (CVE-2025-32442, CVE-2026-25223, CVE-2026-33806). Sent over a socket, because clients tidy headers up.
 */
let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
});
afterAll(() => deployment.close());

const RIGHT = '{}';
const WRONG = '{"limit":1,"nobodyKnows":true}';

async function search(contentTypes: string[], body: string): Promise<number> {
  const { statuses } = await sendRaw(
    deployment.service().port,
    lines(
      'POST /v1/verifications/search HTTP/1.1',
      'Host: a',
      `Authorization: Bearer ${deployment.tenant.key}`,
      ...contentTypes.map((type) => `Content-Type:${type}`),
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      'Connection: close',
      '',
    ) + body,
  );
  expect(statuses).toHaveLength(1);
  return statuses[0] ?? 0;
}

describe('R56 however its type is spelled, a body is validated or not taken', () => {
  it.each([
    ['application/json'],
    [' application/json'],
    ['\tapplication/json'],
    [' application/json\t'],
    [' APPLICATION/JSON'],
    [' Application/Json; Charset=UTF-8'],
    [' application/json;'],
    [' application/json;;'],
    [' application/json ; charset=utf-8'],
    [' application/json\t; charset=utf-8'],
    [' application/json; charset=utf-16'],
    [' application/json; charset=""'],
    [' application/json;charset=utf-8;x=text/plain'],
    [' application/json,text/plain'],
    [' application/json text/plain'],
    [' application/jsonx'],
    [' application/json-patch+json'],
    [' application/problem+json'],
    [' application/vnd.api+json'],
    [' text/plain'],
    [' text/plain; application/json'],
    [' text/plain, application/json'],
    [' text/json'],
    [' application/x-www-form-urlencoded'],
    [' multipart/form-data; boundary=application/json'],
    [' application/octet-stream'],
    [' application/*'],
    [' */*'],
    [' json'],
    [' ;application/json'],
    [' "application/json"'],
    [' application/json%3B'],
    [' application\\json'],
    [''],
    [],
    [' application/json', ' text/plain'],
    [' text/plain', ' application/json'],
  ])('%j %j', async (...types: string[]) => {
    expect([400, 415]).toContain(await search(types, WRONG));
    const right = await search(types, RIGHT);
    const isJson = /^\s*application\/json\s*(;|$)/i.test(types[0] ?? '');
    if (right === 200) expect(isJson).toBe(true);
    else expect(right).toBe(415);
  });

  it('takes JSON as everybody spells it', async () => {
    const usual = [' application/json', ' application/json; charset=utf-8', ' application/json;charset=UTF-8'];
    for (const type of usual) expect(await search([type], RIGHT)).toBe(200);
  });
});

describe('R58 a body that is too large', () => {
  const bodyOf = (bytes: number) => {
    const frame = '{"cursor":""}';
    return frame.replace('""', `"${'a'.repeat(bytes - frame.length)}"`);
  };

  it('is 413 from the first byte after 16 KiB', async () => {
    expect(Buffer.byteLength(bodyOf(16_384))).toBe(16_384);
    expect(await search([' application/json'], bodyOf(16_384))).toBe(400);
    expect(await search([' application/json'], bodyOf(16_385))).toBe(413);
    expect(await search([' text/plain'], bodyOf(16_385))).toBe(413);
  });
});
