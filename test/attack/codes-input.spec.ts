/**
 * Codes that are not what was typed: a number that lost its zeros (otplib#164, otphp#27), padding that one side trims and the
 * other counts (CVE-2025-6015, openbao#1629), an array or object where a string was meant (CVE-2023-7028), an empty code that
 * equals an empty hash (CVE-2025-12374), members that set what only the service may (CVE-2026-27946).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { callStart, newPhone, startLogin, type Login } from '../support/login.js';
import { startService } from '../support/start-service.js';
import { stateKey } from '../support/time-passes.js';

let deployment: Deployment;
/** Has a code that is known and never used. */
let login: Login;
let code: string;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  login = await startLogin(deployment);
  code = await login.code();
});
afterAll(() => deployment.close());

const fullWidth = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const arabic = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));

const NOT_CODES: [what: string, of: (code: string) => unknown][] = [
  ['as a number', (digits) => Number(digits)],
  ['after a space', (digits) => ` ${digits}`],
  ['before a space', (digits) => `${digits} `],
  ['before a line feed', (digits) => `${digits}\n`],
  ['after a tab', (digits) => `\t${digits}`],
  ['with a space inside', (digits) => `${digits.slice(0, 3)} ${digits.slice(3)}`],
  ['with a dash inside', (digits) => `${digits.slice(0, 3)}-${digits.slice(3)}`],
  ['in full-width digits', fullWidth],
  ['in Arabic digits', arabic],
  ['before NUL', (digits) => `${digits}\0`],
  ['with NUL inside', (digits) => `${digits.slice(0, 5)}\0${digits.slice(5)}`],
  ['after a zero', (digits) => `0${digits}`],
  ['without its last digit', (digits) => digits.slice(0, -1)],
  ['twice', (digits) => digits + digits],
  ['after a plus', (digits) => `+${digits}`],
  ['in an array', (digits) => [digits]],
  ['in an object', (digits) => ({ code: digits })],
  ['as the text of an object', (digits) => ({ toString: digits, length: 6 })],
  ['replaced by true', () => true],
  ['replaced by null', () => null],
  ['replaced by nothing', () => ''],
  ['left out', () => undefined],
];

test.each(NOT_CODES)('R2 R55 the right code %s is 400 and costs nothing', async (_, not) => {
  expect(await login.check(not(code))).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  expect((await login.read()).body).toMatchObject({ status: 'pending', attemptsLeft: 5 });
});

test.each([
  ['an array', []],
  ['a text', '"123456"'],
  ['null', 'null'],
  ['nothing', undefined],
  ['a form', 'code=123456'],
  ['half a document', '{"code":'],
])('R54 a check whose body is %s is 400 and costs nothing', async (_, body) => {
  const path = `/v1/verifications/${login.id}/checks`;
  const { key } = deployment.tenant;
  expect((await deployment.service().call('POST', path, { key, body })).status).toBe(400);
  expect((await login.read()).body.attemptsLeft).toBe(5);
});

test('R10 an empty stored digest matches nothing, and neither does none', async () => {
  const { redis } = deployment;
  const unlucky = await startLogin(deployment);
  const sent = await unlucky.code();
  const state = stateKey(unlucky.id);
  const [slot = ''] = (await redis.hKeys(state)).filter((field) => field.startsWith('slot:'));
  for (const stored of ['sms:', 'sms', '']) {
    await redis.hSet(state, slot, stored);
    expect((await unlucky.check(sent)).body.code).toBe('wrong-code');
  }
  await redis.hDel(state, [slot, 'slots']);
  expect((await unlucky.check(sent)).body.code).toBe('wrong-code');
});

const MEMBERS = {
  verified: true,
  status: 'approved',
  attempts: 99,
  attemptsLeft: 99,
  tenantId: 'x',
  applicationId: 'x',
};

test.each(Object.entries(MEMBERS))('R64 nobody sets %s', async (member, value) => {
  expect((await callStart(deployment, { to: { phone: newPhone() }, [member]: value })).status).toBe(400);
  expect((await callStart(deployment, { to: { phone: newPhone(), [member]: value } })).status).toBe(400);
  expect((await login.check(code, {}, { [member]: value })).status).toBe(400);
  const path = `/v1/verifications/${login.id}/resend`;
  const { key } = deployment.tenant;
  expect((await deployment.service().call('POST', path, { key, body: { [member]: value } })).status).toBe(400);
  expect((await login.read()).body).toMatchObject({ status: 'pending', attemptsLeft: 5 });
});

test.each([
  { codeLength: 5 },
  { codeLength: 11 },
  { codeLength: '6' },
  { ttlSeconds: 601 },
  { ttlSeconds: 9 },
  { maxAttempts: 11 },
])('R3 R4 R79 %j is refused in a request and in the settings', async (policy) => {
  expect((await callStart(deployment, { to: { phone: newPhone() }, ...policy })).status).toBe(400);
  const change = { key: deployment.tenant.key, body: { policy }, headers: { 'if-match': '"1"' } };
  expect((await deployment.service().call('PUT', '/v1/admin/settings', change)).status).toBe(400);
});

test('R3 R4 R79 no process starts with weaker defaults, and it names them all', async () => {
  const configYaml = 'defaults: { policy: { codeLength: 5, ttlSeconds: 601, maxAttempts: 11 } }';
  const refused = startService({ world: deployment.world, configYaml });
  await expect(refused).rejects.toThrow(/policy\.codeLength.*policy\.ttlSeconds.*policy\.maxAttempts/s);
});
