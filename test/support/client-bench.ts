import { createEinmal, type Einmal, type EinmalOptions } from 'einmal/client';
import { ApiKeys } from '../../src/applications/api-keys.js';
import { Inbox } from '../../src/sandbox/inbox.js';
import { newSecret } from './base32-secret.js';
import { eventually } from './eventually.js';
import { FaultyProxy, type Fault } from './faulty-proxy.js';
import { call } from './http-client.js';
import type { Authenticator } from './oathtool.js';
import { openTestDatabase, type TestDatabase } from './postgres.js';
import { WholeService } from './whole-service.js';

/** An application that calls the service with the published client, over a network of its own that fails as it is told. */
export interface Application {
  einmal: Einmal;
  network: FaultyProxy;
}

/** The whole service, and applications in front of it. */
export class ClientBench {
  private readonly networks: FaultyProxy[] = [];

  private constructor(
    private readonly store: TestDatabase,
    readonly service: WholeService,
    readonly tenant: { id: string; key: string },
    /** A key of the same application with the scope `verify` alone. */
    readonly loginKey: string,
  ) {}

  static async open(): Promise<ClientBench> {
    const store = await openTestDatabase();
    const service = await WholeService.start(store.database);
    await service.app.listen(0, '127.0.0.1');
    const tenant = await service.tenant('shop');
    const keys = service.app.get(ApiKeys);
    const { secret } = await keys.create({ applicationId: tenant.id, scopes: ['verify'] }, { keyId: 'test' });
    return new ClientBench(store, service, tenant, secret);
  }

  /** @param faults what its first requests meet. */
  async application(faults: Fault[] = [], over: Partial<EinmalOptions> = {}): Promise<Application> {
    const network = await FaultyProxy.start(Number(new URL(await this.service.app.getUrl()).port));
    this.networks.push(network);
    network.meets(...faults);
    return { network, einmal: createEinmal({ baseUrl: network.url, apiKey: this.tenant.key, ...over }) };
  }

  /** The code that reaches a phone. */
  codeFor(to: string): Promise<string> {
    return eventually(() => {
      const [message] = this.service.app.get(Inbox).list({ to });
      if (!message) throw new Error(`nothing was sent to ${to}`);
      return /\b\d{6,10}\b/.exec(message.text)?.[0] ?? '';
    });
  }

  /** Saves settings of the application; those that are not named stay as they are. */
  async changeSettings(settings: object): Promise<void> {
    const url = `${await this.service.app.getUrl()}/v1/admin/settings`;
    const { key } = this.tenant;
    const { headers, body } = await call<{ settings: object }>('GET', url, { key });
    const ifMatch = { 'if-match': headers.get('etag') ?? '' };
    await call('PUT', url, { key, headers: ifMatch, body: { ...body.settings, ...settings } });
  }

  /** A subject gets an authenticator that it had elsewhere. */
  async authenticator(subject: string): Promise<Authenticator> {
    const secret = newSecret();
    const body = { factors: [{ subject, secret }] };
    await call('POST', `${await this.service.app.getUrl()}/v1/factors/import`, { key: this.tenant.key, body });
    return { secret };
  }

  /** How many messages the verifications of a subject came to. */
  async messagesOf(subject: string): Promise<number> {
    const sql = 'SELECT FROM verifications v JOIN deliveries d ON d.message_id = v.id WHERE v.subject = $1';
    return (await this.store.database.query(sql, [subject])).length;
  }

  async close(): Promise<void> {
    await Promise.all(this.networks.map((network) => network.stop()));
    await this.service.close();
    await this.store.close();
  }
}
