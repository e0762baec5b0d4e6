/**
 * One person, many spellings: limits that count the text count each spelling anew (Truxify#1253, vellum#14132), and what is
 * compared in one spelling and sent to in another reaches somebody else (CVE-2019-19844, the dotless i of a reset mail).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERY_COUNTRY } from '../../src/applications/country-settings.js';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { callStart, newPhone, startLogin } from '../support/login.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
  const { key } = deployment.tenant;
  const body = { defaultCountry: 'DE', countries: EVERY_COUNTRY };
  const change = { key, body, headers: { 'if-match': '"1"' } };
  expect((await deployment.service().call('PUT', '/v1/admin/settings', change)).status).toBe(200);
});
afterAll(() => deployment.close());

const digits = (zero: number) => (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

/** Spellings of `+49 151 abc defgh`. */
function spellings(phone: string): string[] {
  const [area, first, rest] = [phone.slice(3, 6), phone.slice(6, 9), phone.slice(9)];
  const international = [
    ...[`+49${area}${first}${rest}`, `+49 ${area} ${first} ${rest}`, `+49-${area}-${first}-${rest}`],
    ...[`+49.${area}.${first}.${rest}`, `+49 ${area}/${first}${rest}`, `(+49) ${area} ${first}${rest}`],
    ...[`+49 (${area}) ${first}-${rest}`, `+49 (0) ${area} ${first} ${rest}`, `+49(0)${area}${first}${rest}`],
    ...[`0049${area}${first}${rest}`, `00 49 ${area} ${first} ${rest}`, `0049 (0)${area} ${first}${rest}`],
    ...[`tel:+49-${area}-${first}-${rest}`, `TEL:+49${area}${first}${rest}`, `  +49${area}${first}${rest}  `],
    ...[`+49\u00a0${area}\u00a0${first}${rest}`, `+49\u2009${area}\u2009${first}\u2013${rest}`],
    ...[`+49${area}${first}${rest} ext. 12`, `+49${area}${first}${rest}x7`, `+49${area}${first}${rest};ext=5`],
    ...[`\uff0b49${area}${first}${rest}`, digits(0xff10)(`+49${area}${first}${rest}`)],
    ...[digits(0x0660)(`+49${area}${first}${rest}`), digits(0x06f0)(`0049${area}${first}${rest}`)],
  ];
  const national = [`0${area}${first}${rest}`, `0${area} ${first} ${rest}`, `(0${area}) ${first}-${rest}`];
  return [...international, ...national, digits(0xff10)(`0${area}/${first}${rest}`), `49${area}${first}${rest}`];
}

test('R38 twenty-nine spellings of a number are one recipient', async () => {
  const phone = newPhone();
  const all = spellings(phone);
  expect(new Set(all).size).toBe(29);
  const login = await startLogin(deployment, { to: { phone: all[5] } });
  await login.code();
  expect((await login.messages())[0]?.to).toBe(phone);

  for (const spelling of all) {
    const { status, body } = await callStart(deployment, { to: { phone: spelling } });
    expect([spelling, status, body.code]).toEqual([spelling, 429, 'cooldown']);
  }
  const sql = 'SELECT count(DISTINCT phone_index)::int AS recipients, count(*)::int AS starts FROM verifications';
  expect(await deployment.database.query(sql)).toEqual([{ recipients: 1, starts: 1 }]);
});

test.each([
  ['a telephone book', '+4915100000777,+4915100000778'],
  ['two numbers', '+4915100000777 +4915100000778'],
  ['letters', '+49151VANITY'],
  ['a line feed', '+4915100000777\nTo: 2'],
  ['NUL', '+4915100000777\0'],
  ['an emergency number', '112'],
  ['too many digits', '+491510000077712345678'],
  ['a plus only', '+'],
  ['100 zeros', '0'.repeat(100)],
])('R54 %s is not a number', async (_, phone) => {
  expect(await callStart(deployment, { to: { phone } })).toMatchObject({
    status: 400,
    body: { code: 'invalid-request' },
  });
});

test.each([
  ['a number', 4915100000777],
  ['an array', ['+4915100000777']],
  ['an object', { value: '+4915100000777' }],
  ['null', null],
  ['true', true],
])('R54 a recipient given as %s is 400', async (_, value) => {
  for (const to of [{ phone: value }, { email: value }, value])
    expect((await callStart(deployment, { to })).status).toBe(400);
});
