import { openScratch } from '../../chaos/command/scratch.js';
import { MailServer } from '../../test/support/mail-server.js';
import { startPrivatePostgres } from '../../test/support/servers/private-postgres.js';
import { startPrivateRedis } from '../../test/support/servers/private-redis.js';
import { launchService, type Service } from '../../test/support/service.js';
import { WorldClock } from '../../test/support/world-clock.js';
import { worldOn } from '../../test/support/world.js';
import { Carrier } from './carrier.js';
import { POLICIES, type Policy } from './policies.js';
import { StoppedClock } from './stopped-clock.js';
import { Town } from './town.js';

/** A town and what it takes down with it. */
export interface OpenTown {
  town: Town;
  stores: WorldClock;
  applications: Map<Policy, string>;
  close: () => Promise<void>;
}

/** Redis, Postgres and one process of the compiled service, all by the stopped clock; an application for each policy. */
export async function openTown(): Promise<OpenTown> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await build(closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param closing is given what takes each part down again; the last is to be called first. */
async function build(closing: (() => unknown)[]): Promise<Omit<OpenTown, 'close'>> {
  const { folder: scratch, remove } = openScratch('arrival');
  closing.push(remove);
  const clock = await StoppedClock.stop(scratch);
  // Whatever is started from here on lives by it.
  Object.assign(process.env, clock.env);
  const redis = await startPrivateRedis(scratch);
  closing.push(() => redis.stop());
  const postgres = await startPrivatePostgres(scratch);
  closing.push(() => postgres.stop());
  const world = await worldOn({ redisUrl: redis.url, postgresUrl: postgres.url });
  await world.migrate();
  const carrier = await Carrier.start();
  closing.push(() => {
    carrier.stop();
  });
  const mail = await MailServer.start();
  closing.push(() => mail.stop());
  const env = { PUBLIC_URL: carrier.url, LOG_LEVEL: 'warn', ...clock.env };
  const service = await launchService(scratch, { world, configYaml: configuration(carrier, mail), env });
  closing.push(() => service.stop());
  const stores = WorldClock.open(world);
  closing.push(() => stores.close());
  const operatorKey = await world.createOperatorKey();
  const opened = await Promise.all(
    POLICIES.map(async (policy) => ({ policy, ...(await apply(policy, operatorKey, service)) })),
  );
  const keys = new Map(opened.map(({ policy, key }) => [policy, key]));
  const applications = new Map(opened.map(({ policy, applicationId }) => [policy, applicationId]));
  return { town: new Town({ service, clock, stores, carrier, mail, keys }), stores, applications };
}

/** Texts and mail go over the wire. There is no voice provider yet: calls are the sandbox's, whose reports the carrier replaces. */
function configuration(carrier: Carrier, mail: MailServer): string {
  const url = `${carrier.url}/cgi-bin/sendsms`;
  return JSON.stringify({
    providers: {
      gateway: { type: 'kannel', channel: 'sms', url, username: 'bench', password: 'bench-password', from: 'Shop' },
      line: { type: 'sandbox', channel: 'voice' },
      mail: { type: 'smtp', channel: 'email', host: '127.0.0.1', port: mail.port, from: 'login@shop.example' },
    },
  });
}

/** The policy as an application with settings, and a key for its server. */
async function apply({ name, plan, reportTimeoutSeconds }: Policy, operatorKey: string, service: Service) {
  const order = async <Body>(method: string, path: string, body: object): Promise<Body> => {
    const answer = await service.call<Body>(method, `/v1/admin/applications${path}`, { key: operatorKey, body });
    if (answer.status >= 300) throw new Error(`${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const settings = { plan, policy: { reportTimeoutSeconds }, senderName: 'Shop' };
  const { id } = await order<{ id: string }>('POST', '', { name });
  await order('PUT', `/${id}/settings`, { version: 1, settings });
  const { secret } = await order<{ secret: string }>('POST', `/${id}/keys`, { scopes: ['verify'] });
  return { applicationId: id, key: secret };
}
