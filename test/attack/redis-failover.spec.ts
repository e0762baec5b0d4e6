/**
 * The primary dies and a replica takes over that has not heard everything: replication is asynchronous. Whoever can bring
 * that about wants a code approved twice, attempts given back, or a service that waits and then does everything at once.
 * Postgres decides what ended, so only guesses on their way at that moment may be compared beyond the five.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { failingRedis, type FailingRedis } from '../support/failing-redis.js';
import { countHashes, hashesOf } from '../support/hash-count.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import { wrong } from '../support/login.js';
import { atOnce } from '../support/parallel.js';
import { PatientClient } from '../support/patient-client.js';
import type { PrivateServer } from '../support/servers/private-server.js';
import { until } from '../support/servers/until.js';
import type { Service } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';

/** A lost primary is a refused connection or two seconds of silence; the rest is a machine with other things to do. */
const SILENCE_MS = 3_000;
const LONGEST_MS = 20_000;
const MOST_GUESSES = 5;
const GUESSERS = 4;

describe.each(failingRedis)('Redis under %s', (_, startRedis) => {
  let redis: FailingRedis;
  let shop: Installation;
  let services: Service[];

  beforeAll(async () => {
    redis = await startRedis(inject('scratchFolder'));
    shop = await openInstallation({ redisUrl: redis.url });
    services = await Promise.all([1, 2].map(() => shop.start({ env: countHashes })));
  });
  afterAll(async () => {
    await shop.close();
    await redis.stop();
  });

  const at = (n: number) => services[n % services.length] as Service;

  /** Null where the start was refused: what it had counted died with the primary before it could be given back. */
  async function begin(client: PatientClient): Promise<{ id: string; code: string } | null> {
    const { phone } = somebody();
    const key = randomUUID();
    const started = await client.ask(phone, () => shop.client.start(at(0), { phone }, {}, key));
    if (started.status !== 202) return null;
    const [sms] = await until(`a message for ${started.body.id}`, () => {
      const messages = shop.gateway.to(phone);
      return Promise.resolve(messages.length > 0 ? messages : null);
    });
    return { id: started.body.id, code: codeIn(sms?.text ?? '') };
  }

  /** Kills a primary in the middle of `meanwhile`, which goes on until a second after another has taken its place. */
  async function failOver(meanwhile: (going: () => boolean) => Promise<unknown>): Promise<PrivateServer> {
    let going = true;
    const work = meanwhile(() => going);
    await sleep(1_000);
    const lost = await redis.killPrimary();
    await redis.promoted(lost);
    await Promise.all(services.map((service) => service.untilReady()));
    await sleep(1_000);
    going = false;
    await work;
    return lost;
  }

  test('I1 I5 I18 R51 a primary dies under load: 503 and no waiting, then everybody gets in, once', async () => {
    const client = new PatientClient();
    const people: Promise<void>[] = [];
    let refused = 0;
    const logIn = async () => {
      const begun = await begin(client);
      if (begun) await atOnce(2, (n) => client.ask(begun.id, () => shop.client.check(at(n), begun.id, begun.code)));
      else refused += 1;
    };
    const lost = await failOver(async (going) => {
      while (going()) {
        people.push(logIn());
        await sleep(50);
      }
      await Promise.all(people);
    });
    // The few whose start was counted on the dying primary wait for a pause of 30 s; everybody else has begun.
    expect(refused).toBeLessThan(people.length / 2);

    expect(client.count(503)).toBeGreaterThan(0);
    expect(client.longestMs).toBeLessThan(LONGEST_MS);
    expect(client.medianMs(503)).toBeLessThan(SILENCE_MS);
    const ids = await shop.clock.rows<{ id: string; status: string }>('SELECT id, status FROM verifications');
    expect(ids.length).toBeGreaterThan(20);
    for (const { id } of ids) expect(client.count(200, id)).toBeLessThanOrEqual(1);
    const sql = `SELECT verification_id FROM events WHERE type = 'verification.approved'`;
    const approvals = await shop.clock.rows<{ verification_id: string }>(sql);
    expect(new Set(approvals.map((row) => row.verification_id)).size).toBe(approvals.length);
    // The few whose state was lost after their code was sent are told so; nobody is left without an answer.
    expect(ids.length - approvals.length).toBe(
      new Set(client.heard.filter(({ code }) => code === 'expired').map(({ about }) => about)).size,
    );
    await lost.start();
    await redis.settled();
  });

  test('I2 I3 R13 a primary dies under guessing: beyond the five at most what was on its way', async () => {
    const client = new PatientClient();
    const victims = (await atOnce(8, () => begin(client))).filter((victim) => victim !== null);
    expect(victims).toHaveLength(8);
    const hashesBefore = services.map((service) => hashesOf(service).begun);
    const guess = async ({ id, code }: { id: string; code: string }, guesser: number) => {
      for (let n = 0; ; n += 1) {
        const { status } = await client.ask(id, () => shop.client.check(at(n), id, wrong(code, guesser * 50 + n + 1)));
        if (status !== 422) return;
        await sleep(700);
      }
    };
    const lost = await failOver(() =>
      Promise.all(victims.flatMap((victim) => [0, 1, 2, 3].map((guesser) => guess(victim, guesser)))),
    );

    const compared = services.reduce((sum, service, n) => sum + hashesOf(service).begun - (hashesBefore[n] ?? 0), 0);
    const onTheirWay = victims.length * GUESSERS;
    expect(compared).toBeLessThanOrEqual(victims.length * MOST_GUESSES + onTheirWay);
    for (const { id } of victims) expect(client.count(422, id)).toBeLessThanOrEqual(MOST_GUESSES);
    expect(client.count(200)).toBe(0);
    await lost.start();
  });
});
