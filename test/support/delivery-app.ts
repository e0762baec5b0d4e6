import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { MessageSourceSlot } from '../../src/delivery/application/message-source-slot.js';
import { ProviderCatalog } from '../../src/delivery/application/provider-catalog.js';
import { VENDOR_BODIES } from '../../src/delivery/http/vendor-bodies.js';
import { DeliveryModule } from '../../src/delivery/delivery.module.js';
import { readEnv } from '../../src/env.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { ProblemFilter } from '../../src/platform/http/problem-filter.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { Log } from '../../src/platform/log/log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { Runtime } from '../../src/platform/runtime.js';
import { FakeMessages } from './deliveries.js';

@Global()
@Module({})
class TestCatalog {
  static over(catalog: ProviderCatalog): DynamicModule {
    const providers = [{ provide: ProviderCatalog, useValue: catalog }];
    return { module: TestCatalog, providers, exports: [ProviderCatalog] };
  }
}

@Module({})
class DeliveryAlone {}

/** Delivery as the service runs it, worker and HTTP included, with these providers and a fake source of messages. */
export interface DeliveryApp {
  app: NestFastifyApplication;
  url: string;
  messages: FakeMessages;
  keyring: Keyring;
}

export async function startDelivery(database: Database, catalog: ProviderCatalog): Promise<DeliveryApp> {
  const { env } = readEnv({ PORT: '0' });
  if (!env) throw new Error('no environment');
  const runtime = new Runtime(env);
  const log = Log.to('silent');
  const keyring = new Keyring([{ kid: 'now', key: randomBytes(32) }]);
  const platform = PlatformModule.over({ runtime, log, keyring, database, redis: null });
  const module = {
    module: DeliveryAlone,
    imports: [platform, TestCatalog.over(catalog), DeliveryModule],
    providers: [{ provide: APP_FILTER, useFactory: () => new ProblemFilter(log) }],
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(env, runtime, VENDOR_BODIES), {
    ...{ logger: false, bodyParser: false },
  });
  const messages = new FakeMessages(database);
  app.get(MessageSourceSlot).fill(messages);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), messages, keyring };
}
