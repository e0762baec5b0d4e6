import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import type { Answer } from '../support/api-client.js';
import type { Reply } from '../support/http-client.js';
import { wrong } from '../support/login.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';

/** The one secret behind pepper, encryption, indexes and signatures is changed while people log in, one process after the other. */
let shop: Installation;
let old: string;
const fresh = `fresh:${randomBytes(32).toString('base64')}`;

beforeAll(async () => {
  shop = await openInstallation();
  old = shop.world.secrets;
});
afterAll(() => shop.close());

const soon = { timeout: 20_000, interval: 50 };
const startWith = (secrets: string) => shop.start({ env: { SECRETS: secrets } });

async function codeOf(phone: string): Promise<string> {
  await vi.waitFor(() => {
    expect(shop.gateway.to(phone)).toHaveLength(1);
  }, soon);
  return codeIn(shop.gateway.to(phone)[0]?.text ?? '');
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

const check = async ({ id, phone }: Login, at: Service): Promise<Reply<Answer>> =>
  shop.client.check(at, id, await codeOf(phone));

async function finish(login: Login, at: Service): Promise<void> {
  expect(await check(login, at)).toMatchObject({ status: 200, body: { status: 'approved' } });
}

/** Somebody who has used up the failure budget of an hour: ten wrong guesses at two verifications. */
async function locked(at: Service): Promise<string> {
  const { phone } = somebody();
  for (const round of [1, 2]) {
    await shop.clock.cooldownsPass();
    const { body } = await shop.client.start(at, { phone });
    await vi.waitFor(() => {
      expect(shop.gateway.to(phone)).toHaveLength(round);
    }, soon);
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

/** Every recipient rests under the new secret: the old one is needed for nothing but codes that live. */
async function allResealed(): Promise<void> {
  await vi.waitFor(async () => {
    const sql = `SELECT count(*)::int AS left FROM verifications WHERE NOT starts_with(sealed, 'fresh.')`;
    expect(await shop.clock.rows(sql)).toEqual([{ left: 0 }]);
  }, soon);
}

test('R6 I17 no login fails that was started before, during or after a rotation', async () => {
  let [a, b] = await Promise.all([startWith(old), startWith(old)]);
  const [first, second, guesser] = await Promise.all([begin(a), begin(b), locked(a)]);

  await a.stop();
  a = await startWith(`${fresh},${old}`);
  const [third, fourth] = await Promise.all([begin(a), begin(b)]);
  await finish(first, a);
  // A process that does not have the new secret yet says so, and spends nothing; the next one answers.
  expect(await check(third, b)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(await shop.client.read(a, third.id)).toMatchObject({ body: { attemptsLeft: 5 } });
  await finish(third, a);
  await Promise.all([expectLocked(guesser, a), expectLocked(guesser, b)]);

  await b.stop();
  b = await startWith(`${fresh},${old}`);
  const [fifth, sixth] = await Promise.all([begin(a), begin(b)]);
  await Promise.all([finish(second, b), finish(fourth, a)]);
  await expectLocked(guesser, b);
  await allResealed();

  await a.stop();
  a = await startWith(fresh);
  const [seventh, eighth] = await Promise.all([begin(a), begin(b)]);
  await finish(fifth, a);
  await b.stop();
  b = await startWith(fresh);
  await Promise.all([finish(sixth, b), finish(seventh, b), finish(eighth, a)]);
  await finish(await begin(b), a);

  // What was sealed under the old secret can still be read, and found by its recipient.
  const read = await shop.client.read(a, first.id);
  expect(read).toMatchObject({ status: 200, body: { status: 'approved' } });
  expect(read.body.deliveries).toMatchObject([{ to: expect.stringContaining('•••') as string }]);
  const search = { key: shop.key, body: { to: { phone: first.phone } } };
  expect(await a.call('POST', '/v1/verifications/search', search)).toMatchObject({
    ...{ status: 200, body: { verifications: [{ id: first.id }] } },
  });
  expect(await shop.clock.rows(`SELECT id FROM verifications WHERE status = 'approved' AND failed_checks > 0`)).toEqual(
    [],
  );
});

test('R6 a process that lacks a secret altogether answers 503, spends nothing and sends nothing wrong', async () => {
  const [knows, lacks] = await Promise.all([
    startWith(`other:${randomBytes(32).toString('base64')},${fresh}`),
    startWith(fresh),
  ]);
  lacks.freeze();
  const login = await begin(knows);
  await codeOf(login.phone);
  lacks.thaw();
  await lacks.untilReady();

  const calls = [check(login, lacks), shop.client.read(lacks, login.id), shop.client.resend(lacks, login.id)];
  for (const reply of await Promise.all(calls))
    expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(await shop.client.read(knows, login.id)).toMatchObject({ body: { attemptsLeft: 5 } });
  await finish(login, knows);
});
