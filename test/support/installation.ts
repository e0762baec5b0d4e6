import { randomInt } from 'node:crypto';
import { ApiClient } from './api-client.js';
import { createTenant, openLedgerOf } from './deployment.js';
import { newPhone } from './login.js';
import { MailServer } from './mail-server.js';
import type { Service, ServiceOptions } from './service.js';
import { startService } from './start-service.js';
import { SmsGateway } from './sms-gateway.js';
import { WorldClock } from './world-clock.js';
import { createMigratedWorld, type WorldOptions } from './create-world.js';
import type { World } from './world.js';

/** A world with an application, and a gateway and a mail server that outlive the processes which send through them. */
export async function openInstallation(options: WorldOptions = {}): Promise<Installation> {
  const world = await createMigratedWorld(options);
  const ledger = await openLedgerOf(world);
  const { key } = await createTenant(ledger, 'shop');
  await ledger.close();
  return new Installation(world, key, await SmsGateway.start(), await MailServer.start());
}

export class Installation {
  readonly client: ApiClient;
  readonly clock: WorldClock;
  private readonly services: Service[] = [];

  constructor(
    readonly world: World,
    readonly key: string,
    readonly gateway: SmsGateway,
    readonly mail: MailServer,
  ) {
    this.client = new ApiClient(key);
    this.clock = WorldClock.open(world);
  }

  /** The configuration file: SMS over the gateway, e-mail over the mail server. */
  get configYaml(): string {
    const smtp = {
      type: 'smtp',
      channel: 'email',
      host: '127.0.0.1',
      port: this.mail.port,
      from: 'login@shop.example',
    };
    return `providers: { gateway: ${this.gateway.provider}, mail: ${JSON.stringify(smtp)} }`;
  }

  /** One more process; by default it sends over the gateway and the mail server. */
  async start(options: Omit<ServiceOptions, 'world'> = {}): Promise<Service> {
    const service = await startService({ world: this.world, configYaml: this.configYaml, ...options });
    this.services.push(service);
    return service;
  }

  mailsTo(address: string): string[] {
    return this.mail.messages().flatMap(({ to, raw }) => (to.includes(address) ? [raw] : []));
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    await Promise.all([this.gateway.stop(), this.mail.stop(), this.clock.close()]);
    await this.world.close();
  }
}

/** Somebody no limit has heard of yet. */
export function somebody(): { phone: string; email: string } {
  return { phone: newPhone(), email: `person${String(randomInt(10 ** 9))}@example.org` };
}
