import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { MessagesHousekeeper } from '../../src/webhooks/adapters/messages-housekeeper.js';
import type { Rounds } from '../../src/platform/rounds.js';
import { WebhookBench } from '../support/webhook-bench.js';
import { answers, takes } from '../support/webhook-receiver.js';
import { addEndpoint, messageRows, tellOf } from '../support/webhook-rows.js';
import { webhookStage } from '../support/webhook-stage.js';

/** What becomes of messages by what receivers answer. */
const stage = webhookStage();
const run = (sql: string) => stage.database.query<Record<string, unknown>>(sql);
const rows = () => messageRows(stage.database);

it('R82 a receiver can verify what it is told, with nothing but its secret', async () => {
  const { secret } = await addEndpoint(stage.database, stage.receiver);
  await tellOf(stage.database, 1);
  await stage.bench.tellAll();
  const [told] = stage.receiver.told;
  const { 'content-type': type, ...headers } = told?.headers ?? {};
  expect(type).toBe('application/json');
  expect(new Webhook(secret).verify(told?.body ?? '', headers as Record<string, string>)).toEqual(told?.event);
  expect(headers['webhook-id']).toMatch(/^evt_\d+$/);
});

it('R84 a failed try is repeated in 5 s, later where the receiver asks for it, and says why', async () => {
  const { id: one } = await addEndpoint(stage.database, stage.receiver);
  const { id: away } = await addEndpoint(stage.database, { url: 'http://127.0.0.1:1/' });
  stage.receiver.behaviour = answers(503, { 'retry-after': '120' });
  await tellOf(stage.database, 1);
  await stage.bench.tellAll();
  const by = new Map((await rows()).map((row) => [row.endpoint_id, row]));
  const waits = `SELECT endpoint_id, extract(epoch FROM due_at - tried_at)::float8 AS seconds FROM webhook_messages`;
  const seconds = new Map((await run(waits)).map((row) => [row['endpoint_id'], row['seconds']]));
  expect(by.get(one)).toMatchObject({ status: 'pending', tries: 1, last_status: 503, last_error: 'answered 503' });
  expect(seconds.get(one)).toBe(120);
  expect(by.get(away)).toMatchObject({ tries: 1, last_status: null, last_error: 'refused the connection' });
  expect(seconds.get(away)).toBeGreaterThanOrEqual(4.5);
  expect(seconds.get(away)).toBeLessThanOrEqual(5.5);
});

it('R84 who does not answer in time is tried again', async () => {
  await addEndpoint(stage.database, stage.receiver);
  stage.receiver.behaviour = () => undefined;
  await tellOf(stage.database, 1);
  const impatient = new WebhookBench(stage.database, { tryMs: 50 });
  await impatient.tellAll();
  await impatient.close();
  expect(await rows()).toMatchObject([{ status: 'pending', tries: 1, last_error: 'did not answer in time' }]);
});

it('R84 410 disables the endpoint, which is audited; what it is owed goes on when it is enabled again', async () => {
  const { id } = await addEndpoint(stage.database, stage.receiver);
  stage.receiver.behaviour = answers(410);
  await tellOf(stage.database, 2);
  expect(await stage.bench.tellAll()).toBe(1);
  expect(await run('SELECT enabled, disabled_because, version FROM webhook_endpoints')).toEqual([
    { enabled: false, disabled_because: 'it answered 410 Gone', version: 2 },
  ]);
  expect(
    await run(`SELECT actor, target, details->>'applicationId' AS of FROM audit_log WHERE action = 'webhook.disabled'`),
  ).toEqual([{ actor: 'webhooks', target: id, of: 'app_1' }]);
  expect(stage.bench.logged).toMatchObject([
    { event: 'webhooks.endpoint-disabled', endpointId: id, applicationId: 'app_1' },
  ]);
  expect(await rows()).toMatchObject([
    { status: 'pending', tries: 1, last_status: 410 },
    { status: 'pending', tries: 0 },
  ]);
  await run(`UPDATE webhook_endpoints SET enabled = true`);
  await run(`UPDATE webhook_messages SET due_at = now()`);
  stage.receiver.behaviour = takes;
  expect(await stage.bench.tellAll()).toBe(2);
  expect((await rows()).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
});

it('R84 who stops answering is in the log once, and once more after they had answered', async () => {
  const { id } = await addEndpoint(stage.database, stage.receiver);
  for (const behaviour of [answers(500), answers(500), takes, answers(500)]) {
    stage.receiver.behaviour = behaviour;
    await tellOf(stage.database, 1);
    await stage.bench.tellAll();
  }
  const line = { event: 'webhooks.endpoint-failing', endpointId: id, applicationId: 'app_1' };
  expect(stage.bench.logged).toMatchObject([line, line]);
});

it('R84 410 of an address that is the endpoint’s no more, or under a lost lease, disables nobody', async () => {
  const { id } = await addEndpoint(stage.database, stage.receiver);
  await tellOf(stage.database, 1);
  const [message] = await stage.bench.messages.claim(1, []);
  if (!message) throw new Error('nothing was due');
  const gone = { kind: 'gone', inMs: 5_000, status: 410, why: 'answered 410' } as const;
  await stage.bench.messages.settle({ ...message, lease: '2020-01-01T00:00:00Z' }, gone);
  await run(`UPDATE webhook_endpoints SET url = 'https://new.example/'`);
  await stage.bench.messages.settle(message, gone);
  expect(await run('SELECT id, enabled FROM webhook_endpoints')).toEqual([{ id, enabled: true }]);
  expect(await rows()).toMatchObject([{ status: 'pending', tries: 1, last_status: 410 }]);
});

it('R84 of more than a thousand that wait, each success makes as many due, until none is left', async () => {
  const { id } = await addEndpoint(stage.database, stage.receiver);
  await tellOf(stage.database, 1);
  await tellOf(stage.database, 1);
  await stage.database.query(
    `WITH e AS (
       INSERT INTO events (application_id, type, payload)
       SELECT 'app_1', 'spend.reached', '{}' FROM generate_series(1, 1005) RETURNING id)
     INSERT INTO webhook_messages (endpoint_id, event_id, application_id, tries, due_at)
     SELECT $1, id, 'app_1', 3, now() + interval '2 hours' FROM e`,
    [id],
  );
  await run('UPDATE webhook_endpoints SET failing_since = now()');
  const claimed = await stage.bench.messages.claim(2, []);
  const waiting = async () => [
    (await run(`SELECT FROM webhook_messages WHERE due_at > now() + interval '1 minute'`)).length,
    (await run('SELECT FROM webhook_endpoints WHERE failing_since IS NULL')).length,
  ];
  const left: number[][] = [];
  for (const message of claimed) {
    await stage.bench.messages.settle(message, { kind: 'delivered', status: 204 });
    left.push(await waiting());
  }
  expect(left).toEqual([
    [5, 0],
    [0, 1],
  ]);
});

it('R84 what waits for hours goes at once when its endpoint answers again, one time each', async () => {
  await addEndpoint(stage.database, stage.receiver);
  for (let n = 0; n < 3; n += 1) await tellOf(stage.database, 2);
  stage.receiver.behaviour = answers(500);
  await stage.bench.tellAll();
  const waits = `UPDATE webhook_messages SET due_at = now() + interval '2 hours' WHERE tries > 0 AND status = 'pending'`;
  await run(waits);
  const refused = stage.receiver.told[0]?.event.data.verificationId;
  stage.receiver.behaviour = (response, told) => {
    (told.event.data.verificationId === refused ? answers(500) : takes)(response, told);
  };
  await tellOf(stage.database, 1);
  await stage.bench.tellAll();
  const open = (await rows()).filter(({ status }) => status === 'pending');
  expect(open.map(({ verification_id, tries }) => [verification_id, tries])).toEqual([
    [refused, 2],
    [refused, 0],
  ]);
  // One that is refused whenever it comes does not use up its tries with the success of others.
  await run(waits);
  await tellOf(stage.database, 1);
  await stage.bench.tellAll();
  expect((await rows()).filter(({ status }) => status === 'pending')).toMatchObject([{ tries: 2 }, { tries: 0 }]);
});

it('what is owed to an endpoint that is no more, recorded while it was removed, is forgotten', async () => {
  const [{ id: gone }, { id: here }] = [
    await addEndpoint(stage.database, stage.receiver),
    await addEndpoint(stage.database, stage.receiver),
  ];
  await tellOf(stage.database, 2);
  await stage.database.query('DELETE FROM webhook_endpoints WHERE id = $1', [gone]);
  const housekeeper = new MessagesHousekeeper(stage.database, null as unknown as Rounds);
  expect(await housekeeper.forget()).toBe(2);
  expect((await rows()).map(({ endpoint_id }) => endpoint_id)).toEqual([here, here]);
});

it('messages and events about traffic are forgotten after 30 days', async () => {
  await addEndpoint(stage.database, stage.receiver);
  await tellOf(stage.database, 1);
  await tellOf(stage.database, 1);
  await run(
    `UPDATE events SET verification_id = NULL, created_at = now() - interval '31 days' WHERE id = (SELECT min(id) FROM events)`,
  );
  await run(
    `UPDATE webhook_messages SET created_at = now() - interval '31 days' WHERE event_id = (SELECT min(id) FROM events)`,
  );
  const housekeeper = new MessagesHousekeeper(stage.database, null as unknown as Rounds);
  expect(await housekeeper.forget()).toBe(2);
  expect(await housekeeper.forget()).toBe(0);
  expect(await rows()).toHaveLength(1);
  expect(await run('SELECT id FROM events')).toHaveLength(1);
});
