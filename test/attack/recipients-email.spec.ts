/**
 * An address that is another's, or several: Unicode letters that fold into ASCII ones (CVE-2019-19844), quoted local parts and
 * comments that the mail library reads differently (nodemailer before 7.0.7), a line feed that begins a header (ASVS 1.3.11).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDeployment, type Deployment } from '../support/deployment.js';
import { callStart, startLogin } from '../support/login.js';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ processes: 1 });
});
afterAll(() => deployment.close());

const channels = ['email'];

test.each([
  ['two addresses', 'ada@example.org,eve@example.com'],
  ['two addresses with a semicolon', 'ada@example.org;eve@example.com'],
  ['two addresses with a space', 'ada@example.org eve@example.com'],
  ['a display name', 'Ada <ada@example.org>'],
  ['a group', 'all: ada@example.org;'],
  ['a line feed', 'ada@example.org\nBcc: eve@example.com'],
  ['a carriage return', 'ada@example.org\r\nBcc: eve@example.com'],
  ['NUL', 'ada@example.org\0.example.com'],
  ['a quoted local part', '"ada@example.com"@example.org'],
  ['a quoted local part with a space', '"a b"@example.org'],
  ['a comment', 'ada(comment)@example.org'],
  ['two at signs', 'ada@example.com@example.org'],
  ['a percent route that is quoted', '"ada%example.com"@example.org'],
  ['a source route', '@example.com:ada@example.org'],
  ['an address literal', 'ada@[192.0.2.1]'],
  ['a bare host', 'ada@localhost'],
  ['a numeric host', 'ada@192.0.2.1'],
  ['no local part', '@example.org'],
  ['no domain', 'ada@'],
  ['a dotless i in the local part', 'ad\u0131n@example.org'],
  ['the Kelvin sign', '\u212aarl@example.org'],
  ['a full-width at sign', 'ada\uff20example.org'],
  ['a zero-width space', 'ada\u200b@example.org'],
  ['a right-to-left mark', 'ada@example\u202eorg.example'],
  ['two dots', 'a..da@example.org'],
  ['a dot first', '.ada@example.org'],
  ['a space at its end', 'ada@example.org '],
  ['a local part of 65 letters', `${'a'.repeat(65)}@example.org`],
  ['255 letters', `ada@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`],
])('R61 %s is not one plain mailbox', async (_, email) => {
  const refused = await callStart(deployment, { to: { email }, channels });
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
});

test.each([
  ['letters of any case', 'ada.one@example.org', ['Ada.One@example.org', 'ADA.ONE@EXAMPLE.ORG', 'ada.one@Example.Org']],
  ['sub-addresses', 'ada.two@example.org', ['ada.two+shop@example.org', 'Ada.Two+a+b@example.org']],
  ['dots at Gmail', 'adathree@gmail.com', ['ada.three@gmail.com', 'a.d.a.three+x@googlemail.com']],
  [
    'a domain in both of its spellings',
    'ada@b\u00fccher.example',
    ['ada@xn--bcher-kva.example', 'ada@B\u00dcCHER.example'],
  ],
])('R38 one mailbox, spelt with %s, is one recipient', async (_, email, others) => {
  await startLogin(deployment, { to: { email }, channels });
  for (const other of others) {
    const again = await callStart(deployment, { to: { email: other }, channels });
    expect([other, again.status, again.body.code]).toEqual([other, 429, 'cooldown']);
  }
});

test('R61 the mail goes to the address that was stored, and to no other spelling', async () => {
  const login = await startLogin(deployment, { to: { email: 'Grace+Shop@B\u00fccher.Example' }, channels });
  await login.code();
  expect((await login.messages()).map(({ to }) => to)).toEqual(['grace+shop@xn--bcher-kva.example']);
  expect((await login.read()).body.deliveries?.[0]?.to).toBe('g\u2022\u2022\u2022@xn--bcher-kva.example');
});

test('R38 other people stay other people', async () => {
  for (const email of ['eva@example.org', 'eva@example.com', 'e.va@example.org', 'evа@xn--80ak6aa92e.com'])
    expect([email, (await callStart(deployment, { to: { email }, channels })).status]).toEqual([
      email,
      /^[\x20-\x7e]+$/.test(email) ? 202 : 400,
    ]);
});
