import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import type { InboxMessage } from '../../src/sandbox/inbox.js';
import type { Channel } from '../../src/shared/channel.js';
import { ApiClient, type Answer, type To } from './api-client.js';
import { BOUNCES } from './bounces.js';
import { createTenant, openLedgerOf } from './deployment.js';
import { eventually } from './eventually.js';
import type { Submission } from './smsc/smsc.js';
import { newPhone } from './login.js';
import { startKannel, type Kannel } from './kannel.js';
import { startMailServer, type MailServer } from './mail-server.js';
import { RecordingProxy } from './recording-proxy.js';
import { freePort } from './servers/free-port.js';
import type { Service } from './service.js';
import { startService } from './start-service.js';
import { codeIn } from './sms-gateway.js';
import { WorldClock } from './world-clock.js';
import { createMigratedWorld } from './create-world.js';
import type { World } from './world.js';

export interface CarrierOptions {
  /** How many processes send through the same gateway. Default 1. */
  processes?: number;
  /** Records what is submitted, too. Not where the gateway is stopped: a proxy in between would hide that it refuses connections. */
  recordSubmissions?: boolean;
}

/** The shortest that is allowed, so that a real silence can be waited for. */
export const REPORT_TIMEOUT_SECONDS = 15;
/** Ten digits, because six might stand in a date by chance when a code is looked for where none may be. */
const CODE_LENGTH = 10;

interface Peers {
  kannel: Kannel;
  mail: MailServer;
  world: World;
  /** Between Kannel and the service, whose turn it is when there are several. */
  callbacks: RecordingProxy;
  /** Between the service and Kannel. */
  submissions: RecordingProxy;
}

/** Real processes of the service, with SMS over a real Kannel, e-mail over a real mail server, and calls to the sandbox. */
export async function openRealCarriers(options: CarrierOptions = {}): Promise<RealCarriers> {
  const [kannel, mail, world] = await Promise.all([startKannel(), startMailServer(), createMigratedWorld()]);
  const ledger = await openLedgerOf(world);
  const { key } = await createTenant(ledger, 'shop');
  await ledger.close();
  const ports = await Promise.all(Array.from({ length: options.processes ?? 1 }, () => freePort()));
  const callbacks = await RecordingProxy.start(...ports);
  const submissions = await RecordingProxy.start(Number(new URL(kannel.sendsmsUrl).port));
  const peers = { kannel, mail, world, callbacks, submissions };
  const shared = { world, configYaml: configFor(peers, options), env: { PUBLIC_URL: callbacks.url } };
  return new RealCarriers(peers, await Promise.all(ports.map((port) => startService({ ...shared, port }))), key);
}

/** Austria is sent to by a provider with a wrong password, Switzerland by that one first. */
function configFor({ kannel, mail, submissions }: Peers, { recordSubmissions }: CarrierOptions): string {
  const url = recordSubmissions ? `${submissions.url}${new URL(kannel.sendsmsUrl).pathname}` : kannel.sendsmsUrl;
  const sms = { type: 'kannel', channel: 'sms', url, username: kannel.user, from: 'Shop' };
  return JSON.stringify({
    providers: {
      kannel: { ...sms, password: kannel.password },
      mistyped: { ...sms, password: 'mistyped' },
      calls: { type: 'sandbox', channel: 'voice' },
      mail: {
        ...{ type: 'smtp', channel: 'email', host: '127.0.0.1', port: mail.port, from: 'Shop <login@shop.example>' },
        bounces: { address: BOUNCES.address },
      },
    },
    routes: { sms: ['kannel'], 'sms/AT': ['mistyped'], 'sms/CH': ['mistyped', 'kannel'] },
    defaults: { policy: { reportTimeoutSeconds: REPORT_TIMEOUT_SECONDS, codeLength: CODE_LENGTH } },
  });
}

export class RealCarriers {
  readonly client: ApiClient;
  readonly clock: WorldClock;

  constructor(
    readonly peers: Peers,
    readonly services: Service[],
    key: string,
  ) {
    this.client = new ApiClient(key);
    this.clock = WorldClock.open(peers.world);
  }

  /** The `n`-th process, from the last on to the first again. */
  service(n = 0): Service {
    const service = this.services[n % this.services.length];
    if (!service) throw new Error('There is no process.');
    return service;
  }

  /** Starts a verification that is expected to be accepted. @returns its id */
  async start(to: To, more: object = {}, n = 0): Promise<string> {
    const { status, body } = await this.client.start(this.service(n), to, more);
    if (status !== 202) throw new Error(`start: ${String(status)} ${JSON.stringify(body)}`);
    return body.id;
  }

  /** Which message was sent how, as `sms failed`. */
  async deliveriesOf(id: string): Promise<string[]> {
    return deliveriesIn((await this.client.read(this.service(), id)).body);
  }

  /** The verification, once its deliveries have come to this: `sms failed`, `email sent`. */
  async until(id: string, deliveries: string[], patienceMs = 20_000): Promise<Answer> {
    return eventually(
      async () => {
        const { body } = await this.client.read(this.service(), id);
        expect(deliveriesIn(body)).toEqual(deliveries);
        return body;
      },
      { timeout: patienceMs, interval: 100 },
    );
  }

  /** Lets the report timeout of one verification's message pass without waiting. */
  async silencePasses(id: string): Promise<void> {
    await this.clock.rows(`UPDATE deliveries SET due_at = now() WHERE message_id = $1 AND status = 'sent'`, [id]);
    await this.clock.wakeWorkers();
  }

  /** What the network was handed for a phone, refused tries included. */
  smsTo({ phone = '' }: To): Submission[] {
    return this.peers.kannel.smscLog().filter(({ to }) => to === phone.slice(1));
  }

  mailsTo({ email = '' }: To): string[] {
    return this.peers.mail.messages().flatMap(({ to, raw }) => (to.includes(email) ? [raw] : []));
  }

  async callsOf(id: string): Promise<InboxMessage[]> {
    const path = `/sandbox/messages?verificationId=${id}`;
    const inboxes = await Promise.all(
      this.services.map((service) => service.call<{ messages: InboxMessage[] }>('GET', path)),
    );
    return inboxes.flatMap(({ body }) => body.messages);
  }

  /** The code in the one message that reaches the person over a channel. */
  async codeBy(channel: Channel, id: string, to: To): Promise<string> {
    const texts = await eventually(async () => {
      const arrived = await this.textsBy(channel, id, to);
      expect(arrived, `messages by ${channel}`).not.toHaveLength(0);
      return arrived;
    });
    expect(texts, `messages by ${channel}`).toHaveLength(1);
    return codeIn(texts[0] ?? '');
  }

  check(id: string, code: string, n = 0) {
    return this.client.check(this.service(n), id, code);
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    const { kannel, mail, callbacks, submissions, world } = this.peers;
    await Promise.all([kannel.stop(), mail.stop(), callbacks.stop(), submissions.stop(), this.clock.close()]);
    await world.close();
  }

  private async textsBy(channel: Channel, id: string, to: To): Promise<string[]> {
    switch (channel) {
      case 'sms':
        return this.smsTo(to).flatMap(({ answer, text }) => (answer === 0 ? text : []));
      case 'email':
        return this.mailsTo(to);
      case 'voice':
        return (await this.callsOf(id)).map(({ text }) => text.replace(/^.* is (\d+)\..*$/, '$1 is your code'));
    }
  }
}

const deliveriesIn = ({ deliveries }: Answer) => deliveries.map(({ channel, status }) => `${channel} ${status}`);

/** What the timeline tells, without its times: `failed: cause blocked`. */
export const storyOf = ({ timeline }: Answer): string[] =>
  timeline.map(({ event, detail }) => (detail ? `${event}: ${detail}` : event));

/** Somebody who can be called and written to, and whose SMS the network treats as the last two digits say. */
export const somebody = (digits: string): Required<To> => ({ phone: newPhone(digits), email: newAddress('ada') });

/** An address nobody else uses; how it begins chooses what the mail server does. */
export const newAddress = (beginning: string) => `${beginning}${String(randomInt(10 ** 9))}@example.org`;
