import { setTimeout as sleep } from 'node:timers/promises';
import { createTenant, openLedgerOf, type Tenant } from '../../test/support/deployment.js';
import { call, type Reply } from '../../test/support/http-client.js';
import { RestingRedis } from '../../test/support/resting-redis.js';
import { launchService, type Service } from '../../test/support/service.js';
import { codeIn, SmsGateway } from '../../test/support/sms-gateway.js';
import type { World } from '../../test/support/world.js';

/** What the API answers to those who attack it and to those who do not: a verification, an approval or a problem. */
export interface Answer {
  id?: string;
  code?: string;
  attemptsLeft?: number;
  retryAfterSeconds?: number;
  violatedPolicies?: string[];
  /** Of an enrolment. */
  secret?: string;
  backupCodes?: string[] | null;
  deliveries?: { channel: string; status: string }[];
}

export interface TargetOptions {
  world: World;
  /** A folder for what the processes write. */
  scratch: string;
  /** Variables of the second process; the first is left alone. */
  secondEnv?: Record<string, string>;
}

/** Numbers that end so are refused by the gateway at once: their codes go by voice. */
const REFUSED_NUMBER = '09';

let applications = 0;

/** A deployment that is attacked: two real processes, an SMS gateway that everything is sent through, and a fake voice. */
export class Target {
  private constructor(
    readonly world: World,
    readonly services: [Service, Service],
    readonly gateway: SmsGateway,
    readonly redis: RestingRedis,
  ) {}

  static async open({ world, scratch, secondEnv = {} }: TargetOptions): Promise<Target> {
    const gateway = await SmsGateway.start();
    gateway.behaviourFor = (to) => (response) =>
      to.endsWith(REFUSED_NUMBER)
        ? response.writeHead(403).end('2: refused')
        : response.writeHead(202).end('0: Accepted');
    const ledger = await openLedgerOf(world);
    await ledger.migrate();
    await ledger.close();
    const providers = `{ gateway: ${gateway.provider}, calls: { type: sandbox, channel: voice } }`;
    const shared = { world, configYaml: `providers: ${providers}` };
    const [first, second, redis] = await Promise.all([
      launchService(scratch, shared),
      launchService(scratch, { ...shared, env: secondEnv }),
      RestingRedis.open(world.redisUrl),
    ]);
    return new Target(world, [first, second], gateway, redis);
  }

  /** Applications that may write to every country, as all these attacks need. */
  async applications(count: number): Promise<Tenant[]> {
    const ledger = await openLedgerOf(this.world);
    try {
      const made: Tenant[] = [];
      for (let n = 0; n < count; n += 1) made.push(await createTenant(ledger, `shop ${String((applications += 1))}`));
      return made;
    } finally {
      await ledger.close();
    }
  }

  async application(): Promise<Tenant> {
    const [made] = await this.applications(1);
    if (!made) throw new Error('no application');
    return made;
  }

  /** Sets an application's detectors, before anybody else has asked anything of it. */
  async setDetectors({ key }: Tenant, fraud: object): Promise<void> {
    const body = { countries: { sms: 'all', voice: 'all' }, fraud };
    const change = { key, body, headers: { 'if-match': '"1"' } };
    const { status } = await call('PUT', `${this.services[0].url}/v1/admin/settings`, change);
    if (status !== 200) throw new Error(`settings: ${String(status)}`);
  }

  /** Asks the processes in turn, as a balancer would. */
  post(n: number, path: string, { key }: Tenant, body: unknown, headers = {}): Promise<Reply<Answer>> {
    return call<Answer>('POST', this.service(n).url + path, { key, body, headers });
  }

  start(n: number, tenant: Tenant, phone: string, more: object = {}, headers = {}): Promise<Reply<Answer>> {
    return this.post(n, '/v1/verifications', tenant, { to: { phone }, ...more }, headers);
  }

  /** Asks again where too many guesses wait: nothing was counted then. */
  async check(n: number, tenant: Tenant, id: string, code: string, more: object = {}): Promise<Reply<Answer>> {
    for (;;) {
      const reply = await this.post(n, `/v1/verifications/${id}/checks`, tenant, { code, ...more });
      if (reply.body.code !== 'overloaded') return reply;
      await sleep(50);
    }
  }

  service(n: number): Service {
    return n % 2 === 0 ? this.services[0] : this.services[1];
  }

  /** Whether somebody honest gets a code and in with it. */
  async letsIn(tenant: Tenant, phone: string, more: object = {}): Promise<boolean> {
    const had = this.gateway.to(phone).length;
    const { status, body } = await this.start(0, tenant, phone, more);
    if (status !== 202 || body.id === undefined) return false;
    const code = await this.codeSentTo(phone, had + 1);
    return (await this.check(1, tenant, body.id, code, more)).status === 200;
  }

  /** The newest code a phone was sent, once there is one. */
  async codeSentTo(phone: string, messages = 1): Promise<string> {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const sent = this.gateway.to(phone);
      const newest = sent.at(-1);
      if (newest && sent.length >= messages) return codeIn(newest.text);
      await sleep(20);
    }
    throw new Error(`${phone} was sent nothing`);
  }

  /** How many messages a verification has had, over all channels. */
  async deliveriesOf({ key }: Tenant, id: string): Promise<number> {
    const { body } = await call<Answer>('GET', `${this.services[0].url}/v1/verifications/${id}`, { key });
    return body.deliveries?.length ?? 0;
  }

  /** Which detectors are tripped in an application. */
  async trips({ key }: Tenant): Promise<string[]> {
    const { body } = await call<{ trips: { detector: string }[] }>('GET', `${this.services[0].url}/v1/admin/fraud`, {
      key,
    });
    return body.trips.map(({ detector }) => detector);
  }

  /** Returns when nothing more has been sent for a while: what got through has arrived. */
  async quiet(forMs = 500): Promise<void> {
    let seen: number;
    do {
      seen = this.gateway.messages.length;
      await sleep(forMs);
    } while (seen !== this.gateway.messages.length);
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.kill()));
    await this.gateway.stop();
    this.redis.close();
  }
}
