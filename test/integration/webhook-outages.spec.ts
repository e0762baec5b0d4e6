import { afterAll, beforeAll, expect, it } from 'vitest';
import { Log } from '../../src/platform/log/log.js';
import { dataSource } from '../../src/platform/postgres/data-source.js';
import { Database } from '../../src/platform/postgres/database.js';
import { eventually } from '../support/eventually.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { freePort } from '../support/servers/free-port.js';
import { WebhookBench } from '../support/webhook-bench.js';
import { answers, takes, WebhookReceiver, type ReceiverBehaviour } from '../support/webhook-receiver.js';
import { addEndpoint, messageRows, tellOf, triesComeDue } from '../support/webhook-rows.js';

/** Two processes that tell endpoints, one of which answers as receivers do on a bad day. */
let opened: TestDatabase & { url: string };
let elsewhere: Database;

beforeAll(async () => {
  opened = await openTestDatabase();
  const target = { url: opened.url };
  const source = dataSource({ target, poolSize: 10, entities: [], migrations: [] });
  await source.initialize();
  elsewhere = new Database(source, Log.to('silent'));
});
afterAll(async () => {
  await elsewhere.dataSource.destroy();
  await opened.close();
});

const hangsUp: ReceiverBehaviour = (response) => response.destroy();
const BAD_DAY = [takes, answers(500), takes, hangsUp, takes, answers(302), takes, answers(429)];

const VERIFICATIONS = 12;
const EVENTS = 4;

it('I13 R85 through errors, redirects and an outage each endpoint is told everything, in order, and by two processes once', async () => {
  const port = await freePort();
  let bad = await WebhookReceiver.start(port);
  const good = await WebhookReceiver.start();
  const taken: { id: string; sequence: number }[] = [];
  let number = 0;
  const behaviour: ReceiverBehaviour = (response, told) => {
    const does = BAD_DAY[(number += 1) % BAD_DAY.length] ?? takes;
    const { verificationId: id = '', sequence = 0 } = told.event.data;
    if (does === takes) taken.push({ id, sequence });
    does(response, told);
  };
  bad.behaviour = behaviour;
  await addEndpoint(opened.database, { url: bad.url });
  await addEndpoint(opened.database, { url: good.url });
  const benches = [opened.database, elsewhere].map((database) => new WebhookBench(database));
  const tellAll = () => Promise.all(benches.map((bench) => bench.tellAll()));
  const [ids] = await Promise.all([
    Promise.all(Array.from({ length: VERIFICATIONS }, () => tellOf(opened.database, EVENTS))),
    tellAll(),
  ]);
  await bad.stop();
  await triesComeDue(opened.database);
  await tellAll();
  bad = await WebhookReceiver.start(port);
  bad.behaviour = behaviour;
  await eventually(async () => {
    await triesComeDue(opened.database);
    await tellAll();
    expect((await messageRows(opened.database)).filter(({ status }) => status === 'pending')).toEqual([]);
  });
  const expected = new Map(ids.map((id) => [id, Array.from({ length: EVENTS }, (_, n) => n + 1)]));
  expect(good.sequences()).toEqual(expected);
  // Given up after ten tries is possible on such a day; out of order or twice is not.
  const rows = (await messageRows(opened.database)).filter(({ status }) => status === 'failed');
  for (const [id, all] of expected) {
    const heard = taken.filter((one) => one.id === id).map(({ sequence }) => sequence);
    const failed = rows.filter(({ verification_id }) => verification_id === id).map(({ sequence }) => sequence);
    expect(heard).toEqual(all.filter((sequence) => !failed.includes(sequence)));
  }
  await Promise.all([...benches.map((bench) => bench.close()), bad.stop(), good.stop()]);
});
