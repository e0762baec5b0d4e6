/**
 * Somebody reads what is written down: Redis with its file, the database with its dumps, every log at its most talkative,
 * metrics and traces, the answers of the API, what receivers of webhooks are told. None of it may hold a code, a guess, a full recipient, a key or a token (OWASP MFA cheat sheet;
 * own-pay#169, octos#140). Hundreds of logins go every way a login can go, with errors that quote what they were sent,
 * processes that die in the middle and a Redis that hangs. Codes have ten digits, so that nothing is found by chance.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { Canaries, type Place } from '../support/canaries.js';
import { CanaryFactors } from '../support/canary-factors.js';
import { CanaryLogins } from '../support/canary-logins.js';
import { openInstallation, somebody, type Installation } from '../support/installation.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';
import { postgresDump, WatchedRedis } from '../support/resting-places.js';
import { startPrivateRedis } from '../support/servers/private-redis.js';
import type { PrivateServer } from '../support/servers/private-server.js';
import type { Service, ServiceOptions } from '../support/service.js';
import { codeIn } from '../support/sms-gateway.js';
import { answers as answersWith, RECEIVERS_HERE, takes, WebhookReceiver } from '../support/webhook-receiver.js';

const LOGINS = 300;
const ENROLLED = 8;
const AT_ONCE = 25;

let redis: PrivateServer;
let watched: WatchedRedis;
let collector: OtlpReceiver;
let shop: Installation;
let receiver: WebhookReceiver;
/** All processes there ever were; the first and the last of them run. */
const services: Service[] = [];
const answers: string[] = [];
const metrics: string[] = [];
const canaries = new Canaries();

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  redis = await startPrivateRedis(inject('scratchFolder'));
  watched = await WatchedRedis.watch(redis);
  shop = await openInstallation({ redisUrl: redis.url });
  receiver = await WebhookReceiver.start();
  canaries.add('a key', shop.key, shop.gateway.password, shop.world.secrets.split(':')[1] ?? '');
});
afterAll(async () => {
  await shop.close();
  await receiver.stop();
  watched.stop();
  await redis.stop();
  await collector.stop();
});

/** A third of the traces: each way that a login can go is among them many times. */
const TRACING = (url: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_SAMPLER_ARG: '0.3' });

async function launch(options: Pick<ServiceOptions, 'crashAt' | 'crashAtCount'> = {}): Promise<void> {
  const configYaml = `${shop.configYaml}\n${RECEIVERS_HERE}`;
  services.push(await shop.start({ configYaml, env: { LOG_LEVEL: 'trace', ...TRACING(collector.url) }, ...options }));
}

/** It is told everything, and of every fifth message it says that it was not. */
async function listenToEverything(): Promise<void> {
  const body = { url: receiver.url };
  const made = await someService().call<{ secret: string }>('POST', '/v1/admin/webhooks', { key: shop.key, body });
  canaries.add('a secret of webhooks', made.body.secret.replace('whsec_', ''));
  receiver.behaviour = (response, told) => {
    (receiver.told.length % 5 === 0 ? answersWith(500) : takes)(response, told);
  };
}

/** One process beside the first dies twice, then Redis says nothing for longer than anybody waits. */
async function muchGoesWrong(): Promise<void> {
  for (const crashAt of ['dispatch:provider-answered', 'check:approved'] as const) {
    await launch({ crashAt, crashAtCount: 10 });
    await services.at(-1)?.ended;
  }
  await launch();
  redis.freeze();
  await sleep(2_500);
  redis.thaw();
}

function someService(): Service {
  const [first, last] = [services[0], services.at(-1)];
  if (!first || !last) throw new Error('no service was launched');
  return Math.random() < 0.5 ? first : last;
}

/** Nanoseconds have so many digits that some code would be among them by chance. */
const TIMES = /"(?:start|end)?[tT]imeUnixNano":"\d+"/g;

/** Names and labels; the values are numbers, of which some would be a code by chance. */
async function readMetrics(): Promise<void> {
  for (const { url } of [services[0], services.at(-1)].filter((one) => one !== undefined)) {
    const text = await (await fetch(`${url}/metrics`)).text();
    metrics.push(text.replace(/ \S+$/gm, ''));
  }
}

/** Whatever can be told of a login. */
const TOLD = [
  ...['delivery.failed', 'delivery.fallback', 'delivery.sent', 'limit.tripped'],
  ...['factor.activated', 'factor.code-used', 'factor.codes-created', 'factor.imported'],
  ...['verification.approved', 'verification.canceled', 'verification.started'],
];

async function places(): Promise<Place[]> {
  // Redis writes its file once a second.
  await sleep(1_200);
  return [
    ...(await watched.places(shop.world.redisUrl)),
    await postgresDump(shop.clock),
    { name: 'the logs', text: services.flatMap(({ logs }) => logs).join('\n') },
    { name: 'the answers', text: answers.join('\n') },
    { name: 'the metrics', text: metrics.join('\n') },
    { name: 'the webhooks', text: receiver.told.map(({ headers, body }) => JSON.stringify(headers) + body).join('\n') },
    { name: 'the traces', text: collector.payloads.join('\n').replace(TIMES, '') },
  ];
}

/** Every login there is to be, with everything that goes wrong meanwhile. */
async function everybodyLogsIn(): Promise<Set<number>> {
  const client = new ApiClient(shop.key, ({ status, headers, body }) => {
    answers.push(JSON.stringify([status, [...headers], body]));
  });
  const logins = new CanaryLogins(shop, client, canaries, someService);
  await launch();
  await listenToEverything();
  let wrong = true;
  const mishaps = muchGoesWrong().finally(() => (wrong = false));
  const statuses = new Set<number>();
  let next = 0;
  const people = Array.from({ length: AT_ONCE }, async () => {
    while (next < LOGINS || wrong) statuses.add(await logins.run(next++));
  });
  const factors = new CanaryFactors(shop, client, canaries, someService);
  const enrolled = Array.from({ length: ENROLLED }, () => factors.run());
  await Promise.all([...people, ...enrolled, mishaps]);
  return statuses;
}

/** Puts a text where it must never be; in the database as bytes, in the answers as base64. */
async function plant(text: string): Promise<void> {
  const thief = await createClient({ url: shop.world.redisUrl }).connect();
  await thief.set('planted', text);
  thief.destroy();
  await shop.clock.rows('CREATE TABLE planted AS SELECT $1::bytea AS bytes', [Buffer.from(text)]);
  answers.push(JSON.stringify({ body: Buffer.from(text).toString('base64') }));
  metrics.push(`einmal_planted{label="${text}"}`);
  await fetch(receiver.url, { method: 'POST', body: JSON.stringify({ data: { planted: text } }) });
  collector.payloads.push(JSON.stringify({ resourceSpans: [{ scopeSpans: [], planted: text }] }));
}

test('I7 R7 R8 R88 no code, seed, guess, recipient, key or token rests or passes anywhere but where it must', async () => {
  const statuses = await everybodyLogsIn();
  // 409: a process died over a start, whose key stays in flight for 30 s; its message comes all the same.
  expect([...statuses].filter((status) => status !== 409)).toEqual([202]);
  const texts = [...shop.gateway.messages.map(({ text }) => text), ...shop.mail.messages().map(({ raw }) => raw)];
  canaries.add('a code', ...texts.map(codeIn));
  expect(texts.length).toBeGreaterThan(LOGINS);
  expect(services.flatMap(({ logs }) => logs).filter((line) => line.includes('"level":50')).length).toBeGreaterThan(10);

  await readMetrics();
  expect(collector.spans.length).toBeGreaterThan(LOGINS);
  expect(metrics.join()).toContain('outcome="ambiguous"');
  const told = new Set(receiver.told.map(({ event }) => event.type));
  expect([...told].sort()).toEqual(expect.arrayContaining(TOLD));
  expect(receiver.told.length).toBeGreaterThan(2 * LOGINS);

  const planted = new Canaries();
  const { phone, email } = somebody();
  planted.add('a code', '0123456789');
  planted.add('a phone number', phone.slice(1));
  planted.add('an e-mail address', email);
  planted.add('a key', 'ek_planted');
  planted.add('a seed', 'JBSWY3DPEHPK3PXP');
  await plant(`0123456789 ${phone} ${email} ek_planted JBSWY3DPEHPK3PXP`);

  const seen = await places();
  // A right guess is answered with a token, and that is the only one.
  expect(canaries.hitsIn(seen)).toEqual(['a token in the answers']);
  // The same search in the same places finds what was put there; into the logs nothing can be put from outside.
  const found = seen.filter(({ name }) => name !== 'the logs').map(({ name }) => name);
  const kinds = ['a code', 'a key', 'a phone number', 'a seed', 'an e-mail address'];
  expect(planted.hitsIn(seen)).toEqual(kinds.flatMap((kind) => found.map((name) => `${kind} in ${name}`)).sort());
  expect(planted.hitsIn([{ name: 'a log', text: `{"event":"x","phone":"${phone}"}` }])).toEqual([
    'a phone number in a log',
  ]);
}, 240_000);
