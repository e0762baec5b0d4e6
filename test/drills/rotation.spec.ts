import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EnrolledPerson } from '../support/enrolled-person.js';
import type { FactorAnswer, Post } from '../support/factor-login.js';
import { openInstallation, type Installation } from '../support/installation.js';
import { Load } from '../support/load.js';
import { DEPLOYED } from '../support/restart-in-turn.js';
import { rotateApiKey } from '../support/rotate-api-key.js';
import type { Service } from '../support/service.js';

const REQUESTS_PER_SECOND = Number(process.env['REQUESTS_PER_SECOND'] ?? 100);
/** People with an authenticator and backup codes from before, who log in with each of them throughout. */
const ENROLLED = 50;

let shop: Installation;
let nodes: [Service, Service];

const startWith = (secrets: string, port?: number) =>
  shop.start({ env: { ...DEPLOYED, SECRETS: secrets }, ...(port !== undefined && { port }) });

beforeAll(async () => {
  shop = await openInstallation();
  nodes = await Promise.all([startWith(shop.world.secrets), startWith(shop.world.secrets)]);
});
afterAll(() => shop.close());

const on =
  (place: number): Post =>
  (path, body) =>
    (nodes[place] ?? nodes[0]).call<FactorAnswer>('POST', path, { key: shop.key, body });

test('I17 the secret behind pepper, encryption, seeds and signatures, in three stages', async () => {
  const people = await Promise.all(Array.from({ length: ENROLLED }, () => EnrolledPerson.enrol(on)));
  const byPaper = (place: number) => Promise.all(people.map((person) => person.logInByPaper(place)));
  const load = new Load(shop, () => nodes, { requestsPerSecond: REQUESTS_PER_SECOND });
  const [old, fresh] = [shop.world.secrets, `fresh:${randomBytes(32).toString('base64')}`];
  for (const secrets of [`${old},+${fresh}`, `${fresh},${old}`, fresh]) {
    if (secrets === fresh) await allResealed();
    for (const place of [0, 1] as const) {
      const { port } = nodes[place];
      await nodes[place].stop();
      nodes[place] = await startWith(secrets, port);
      for (const reply of await byPaper(place)) expect(reply.status).toBe(200);
    }
  }
  const byApp = await Promise.all(people.map((person) => person.logInByApp(1)));
  expect(byApp.filter(({ status }) => status !== 200)).toEqual([]);
  await load.stop();
  process.stdout.write(`${load.figures}\n`);
  expect(load.failures).toEqual([]);
});

test('I17 R77 the key of an application', async () => {
  const { load, revokedAfterMs } = await rotateApiKey(shop, nodes, REQUESTS_PER_SECOND);
  process.stdout.write(`${load.figures}, the old key refused everywhere after ${revokedAfterMs.toFixed(0)} ms\n`);
  expect(load.failures).toEqual([]);
});

/** Nothing is begun under the old secret any more, and what was is moved by a process that has both. */
async function allResealed(): Promise<void> {
  const sql = `
    SELECT ((SELECT count(*) FROM verifications WHERE NOT starts_with(sealed, 'fresh.'))
      + (SELECT count(*) FROM factors WHERE NOT starts_with(secret, 'fresh.')))::int AS left`;
  await expect.poll(() => shop.clock.rows(sql), { timeout: 60_000, interval: 200 }).toEqual([{ left: 0 }]);
}
