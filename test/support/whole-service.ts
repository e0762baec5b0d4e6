import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { AppModule } from '../../src/app.module.js';
import { ApiKeys } from '../../src/applications/api-keys.js';
import { Applications } from '../../src/applications/applications.js';
import { EVERY_COUNTRY } from '../../src/applications/country-settings.js';
import type { Scope } from '../../src/applications/principal.js';
import type { EinmalConfig } from '../../src/config.js';
import { VENDOR_BODIES } from '../../src/delivery/http/vendor-bodies.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { Log } from '../../src/platform/log/log.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { Runtime } from '../../src/platform/runtime.js';
import { providerKinds } from '../../src/provider-kinds.js';
import type { Clock } from '../../src/shared/clock.js';
import { readStartup } from '../../src/startup.js';

/** Where the outside finds it: providers' callbacks are signed for it. */
export const PUBLIC_URL = 'https://einmal.example';

/** The whole service in this process, without a port; what it has in Redis elsewhere is in its memory. */
export class WholeService {
  private constructor(readonly app: NestFastifyApplication) {}

  /**
   * @param configured by default what it is without a configuration file: the sandbox.
   * @param role `api`: what is due stays due.
   * @param clock one that a test moves on.
   */
  static async start(
    database: Database,
    configured?: EinmalConfig,
    role: 'all' | 'api' = 'all',
    clock?: Clock,
  ): Promise<WholeService> {
    const { env, config } = readStartup(providerKinds, { PORT: '0', PUBLIC_URL });
    const runtime = new Runtime({ ...env, role });
    const keyring = new Keyring([{ kid: 'test', key: randomBytes(32) }]);
    const parts = { runtime, log: Log.to('silent'), config: configured ?? config, keyring, database };
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.over({ ...parts, redis: null, ...(clock && { clock }) }),
      fastifyAdapter(env, runtime, VENDOR_BODIES),
      {
        ...{ logger: false, bodyParser: false },
      },
    );
    await app.init();
    return new WholeService(app);
  }

  /** An application with a key. */
  async tenant(
    name: string,
    scopes: Exclude<Scope, 'operator'>[] = ['verify', 'read', 'admin'],
  ): Promise<{ id: string; key: string }> {
    const { id } = await this.app.get(Applications).create(name, 'test', EVERY_COUNTRY);
    const { secret } = await this.app.get(ApiKeys).create({ applicationId: id, scopes }, { keyId: 'test' });
    return { id, key: secret };
  }

  async operatorKey(): Promise<string> {
    return (await this.app.get(ApiKeys).create({ applicationId: null, scopes: ['operator'] }, { keyId: 'test' }))
      .secret;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
