import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppModule } from './app.module.js';
import { openStores, type Stores } from './stores.js';
import { providerKinds } from './provider-kinds.js';
import { fastifyAdapter } from './platform/http/fastify-adapter.js';
import { serveApiDocument } from './platform/http/api-document.js';
import { Log } from './platform/log/log.js';
import { nestLog } from './platform/log/nest-log.js';
import { Runtime } from './platform/runtime.js';
import { welcome } from './welcome.js';
import { ApiKeys } from './applications/api-keys.js';
import { Applications } from './applications/applications.js';
import { firstKey } from './first-key.js';
import { readStartup } from './startup.js';

/** How long balancers get to see "not ready" before connections are closed (production only). */
const DRAIN_MS = 5_000;

/** A running service. */
export interface Service {
  /** Readiness off, drain, then everything in flight finishes or is released, then the stores close. */
  stop(): Promise<void>;
}

/** @throws {StartupRefused} with every problem, before anything listens. */
export async function startService(): Promise<Service> {
  const { env, config } = readStartup(providerKinds);
  const log = Log.to(env.logLevel);
  const runtime = new Runtime(env);
  const stores = await openStores(env, log);
  try {
    const module = AppModule.over({ runtime, log, config, ...stores });
    const adapter = fastifyAdapter(env, runtime);
    const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
      logger: nestLog(log),
      bodyParser: false,
      abortOnError: false,
    });
    serveApiDocument(app);
    await app.listen(env.port, env.host);
    const address = app.getHttpServer().address();
    if (address && typeof address === 'object') runtime.port = address.port;
    log.info('service.listening', { port: runtime.port, role: env.role, embedded: env.embedded });
    if (stores.dataDir) {
      const key = await firstKey(stores.dataDir, app.get(Applications), app.get(ApiKeys));
      console.log(welcome(runtime.publicUrl, key));
    }
    return { stop: () => stop(app, stores, runtime, log) };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function stop(app: NestFastifyApplication, stores: Stores, runtime: Runtime, log: Log): Promise<void> {
  log.info('service.stopping');
  runtime.accepting = false;
  if (runtime.env.production) await sleep(DRAIN_MS);
  await app.close();
  await stores.close();
  log.info('service.stopped');
}
