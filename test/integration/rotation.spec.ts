import { randomBytes } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EnrolledPerson } from '../support/enrolled-person.js';
import { eventually } from '../support/eventually.js';
import type { FactorAnswer, Post } from '../support/factor-login.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import { wrong } from '../support/login.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';

/** The one secret behind pepper, encryption, indexes and signatures is changed while people log in, one process after the other. */
let shop: Installation;
/** What the rotation ends with: processes that have the fresh secret and no other. */
let nodes: [Service, Service];
/** Another service, which fetched the keys while the fresh secret was on standby, and asks nobody ever since. */
let cached: ReturnType<typeof createRemoteJWKSet>;
const fresh = `fresh:${randomBytes(32).toString('base64')}`;

beforeAll(async () => {
  shop = await openInstallation();
});
afterAll(() => shop.close());

const startWith = (secrets: string, configYaml = shop.configYaml) =>
  shop.start({ env: { SECRETS: secrets, PUBLIC_URL: 'https://2fa.example.org' }, configYaml });

/** What a verifier remembers that fetched the keys from this process. */
async function fetchKeys({ url }: Service): Promise<typeof cached> {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', url), {
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
  });
  await keys.reload();
  return keys;
}

async function codeOf(phone: string): Promise<string> {
  await eventually(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  });
  return codeIn(shop.gateway.to(phone)[0]?.text ?? '');
}

interface Decision {
  outcome: string;
  refusedBy: string[];
}

interface Login {
  id: string;
  phone: string;
}

async function begin(at: Service): Promise<Login> {
  const { phone } = somebody();
  const { status, body } = await shop.client.start(at, { phone });
  expect(status).toBe(202);
  return { id: body.id, phone };
}

/**
 * Approved at once, with a token that whoever has the keys of any process can verify, and that any process takes in.
 *
 * @returns the token.
 */
async function finish({ id, phone }: Login, at: Service, verifiers: Service[] = nodes): Promise<string> {
  const { status, body } = await shop.client.check(at, id, await codeOf(phone));
  expect({ status, body }).toMatchObject({ status: 200, body: { status: 'approved' } });
  for (const verifier of verifiers) {
    const { body: keys } = await verifier.call<JSONWebKeySet>('GET', '/.well-known/jwks.json');
    await expect(jwtVerify(body.token ?? '', createLocalJWKSet(keys))).resolves.toBeDefined();
  }
  const other = verifiers.find((node) => node !== at) ?? at;
  const consumed = await shop.client.ask(other, 'POST', '/v1/tokens/consume', { body: { token: body.token } });
  expect(consumed).toMatchObject({ status: 200, body: { verificationId: id } });
  return body.token ?? '';
}

/** Somebody who has used up the failure budget of an hour: ten wrong guesses at two verifications. */
async function locked(at: Service): Promise<string> {
  const { phone } = somebody();
  for (const round of [1, 2]) {
    await shop.clock.cooldownsPass();
    const { body } = await shop.client.start(at, { phone });
    await eventually(() => {
      expect(shop.gateway.to(phone)).toHaveLength(round);
    });
    const code = codeIn(shop.gateway.to(phone).at(-1)?.text ?? '');
    for (const n of [1, 2, 3, 4, 5]) await shop.client.check(at, body.id, wrong(code, n));
  }
  await shop.clock.cooldownsPass();
  return phone;
}

async function expectLocked(phone: string, at: Service): Promise<void> {
  expect(await shop.client.start(at, { phone })).toMatchObject({
    ...{ status: 429, body: { violatedPolicies: ['recipient-failures-hour'] } },
  });
}

/** Whoever is asked why no code came finds each refusal by the number, however it is spelled and under whichever secret it was named. */
async function expectRefusalsFound(phone: string, refusals: number, at: Service): Promise<void> {
  const body = { to: { phone: `00${phone.slice(1, 3)} (${phone.slice(3, 6)}) ${phone.slice(6)}` } };
  await eventually(async () => {
    const search = { key: shop.key, body };
    const answer = await at.call<{ decisions: Decision[] }>('POST', '/v1/admin/decisions/search', search);
    const found = answer.body.decisions.filter(({ outcome }) => outcome === 'refused');
    expect(found.map(({ refusedBy }) => refusedBy)).toEqual(Array(refusals).fill(['recipient-failures-hour']));
  });
}

const SEALED_OTHERWISE = `
  SELECT (SELECT count(*) FROM verifications WHERE NOT starts_with(sealed, 'fresh.'))::int AS recipients,
    (SELECT count(*) FROM factors WHERE NOT starts_with(secret, 'fresh.'))::int AS factors`;

/** Every recipient and every factor rests under the new secret: the old one is needed for nothing but codes that live. */
async function allResealed(): Promise<void> {
  await eventually(async () => {
    expect(await shop.clock.rows(SEALED_OTHERWISE)).toEqual([{ recipients: 0, factors: 0 }]);
  });
}

const on =
  (at: number): Post =>
  (path, body) =>
    (nodes[at] ?? nodes[0]).call<FactorAnswer>('POST', path, { key: shop.key, body });

/** As secrets.ts tells it. Each stage reaches one process after the other, so that neighbours are always one stage apart. */
const stages = (old: string) => [`${old},+${fresh}`, `${fresh},${old}`, fresh];

test('R6 I17 R76 a rotation in three stages over two processes refuses nobody, and what it refused is found', async () => {
  const old = shop.world.secrets;
  nodes = await Promise.all([startWith(old), startWith(old)]);
  cached = await fetchKeys(nodes[0]);
  const guesser = await locked(nodes[0]);
  const enrolled = await EnrolledPerson.enrol(on);
  expect(await enrolled.logInByApp(0)).toMatchObject({ status: 200 });
  const first = await begin(nodes[0]);
  let waiting = [first, await begin(nodes[1])];
  let refusals = 0;

  for (const secrets of stages(old)) {
    if (secrets === fresh) await allResealed();
    for (const place of [0, 1] as const) {
      await nodes[place].stop();
      nodes[place] = await startWith(secrets);
      // Begun before this change on either process, ended after it on the other; and the next ones.
      const [one, two] = waiting as [Login, Login];
      const tokens = await Promise.all([finish(one, nodes[1]), finish(two, nodes[0])]);
      for (const token of tokens) await jwtVerify(token, cached);
      expect(await enrolled.logInByPaper(place)).toMatchObject({ status: 200, body: { channel: 'backup-code' } });
      waiting = await Promise.all(nodes.map(begin));
      if (secrets === fresh) continue;
      for (const node of nodes) await expectLocked(guesser, node);
      refusals += nodes.length;
      for (const node of nodes) await expectRefusalsFound(guesser, refusals, node);
    }
    if (secrets.includes('+')) cached = await fetchKeys(nodes[0]);
    else {
      await shop.clock.timeStepsPass();
      expect(await enrolled.logInByApp(0)).toMatchObject({ status: 200 });
    }
  }
  const [one, two] = waiting as [Login, Login];
  await Promise.all([finish(one, nodes[1]), finish(two, nodes[0])]);

  // What was sealed under the old secret can still be read, and found by its recipient.
  const read = await shop.client.read(nodes[0], first.id);
  expect(read).toMatchObject({ status: 200, body: { status: 'approved' } });
  expect(read.body.deliveries).toMatchObject([{ to: expect.stringContaining('•••') as string }]);
  const search = { key: shop.key, body: { to: { phone: first.phone } } };
  expect(await nodes[0].call('POST', '/v1/verifications/search', search)).toMatchObject({
    ...{ status: 200, body: { verifications: [{ id: first.id }] } },
  });
});

test('R76 the other algorithm takes over in one process after the other, known to whoever fetched the keys before', async () => {
  await nodes[1].stop();
  nodes[1] = await startWith(fresh, `tokens: { algorithm: ES256 }\n${shop.configYaml}`);
  const logins = await Promise.all(nodes.map(begin));
  const tokens = await Promise.all(logins.map((login, at) => finish(login, nodes[at] ?? nodes[0])));
  const verified = await Promise.all(tokens.map((token) => jwtVerify(token, cached)));
  expect(verified.map(({ protectedHeader: { alg, kid } }) => [alg, kid])).toEqual([
    ['EdDSA', 'fresh'],
    ['ES256', 'fresh.es256'],
  ]);
});

test('R6 a process that lacks a secret altogether answers 503, spends nothing and sends nothing wrong', async () => {
  const [lacks, other] = nodes;
  await other.stop();
  const knows = await startWith(`newer:${randomBytes(32).toString('base64')},${fresh}`);
  lacks.freeze();
  const login = await begin(knows);
  const code = await codeOf(login.phone);
  lacks.thaw();
  await lacks.untilReady();

  const calls = [
    shop.client.check(lacks, login.id, code),
    shop.client.read(lacks, login.id),
    shop.client.resend(lacks, login.id),
  ];
  for (const reply of await Promise.all(calls))
    expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(await shop.client.read(knows, login.id)).toMatchObject({ body: { attemptsLeft: 5 } });
  await finish(login, knows, [knows]);
});
