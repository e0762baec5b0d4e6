import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppModule } from './app.module.js';
import { ApiKeys } from './applications/api-keys.js';
import { Applications } from './applications/applications.js';
import { VENDOR_BODIES } from './delivery/http/vendor-bodies.js';
import { DOCUMENTED_EVENTS } from './events/documented-events.js';
import { firstKey } from './first-key.js';
import { warnOfFewThreads } from './platform/hashing/few-threads.js';
import { serveApiDocument } from './platform/http/api-document.js';
import { fastifyAdapter } from './platform/http/fastify-adapter.js';
import { logSecurityEvents } from './platform/http/security-events.js';
import { traceRequests } from './platform/http/traced-requests.js';
import { Log } from './platform/log/log.js';
import { nestLog } from './platform/log/nest-log.js';
import { Runtime } from './platform/runtime.js';
import { StartupRefused } from './platform/startup.js';
import { startTracing } from './platform/tracing/start-tracing.js';
import { VERSION } from './platform/version.js';
import { providerKinds } from './provider-kinds.js';
import { readStartup } from './startup.js';
import { openStores, type Stores } from './stores.js';
import { welcome } from './welcome.js';

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
  log.info('sys_startup', { version: VERSION });
  const tracing = await startTracing(env.traces);
  const stores = await openStores(env, log);
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.over({ runtime, log, config, ...stores }),
      fastifyAdapter(env, runtime, VENDOR_BODIES),
      { logger: nestLog(log), bodyParser: false, abortOnError: false },
    );
    serveApiDocument(app, DOCUMENTED_EVENTS);
    const instance: FastifyInstance = app.getHttpAdapter().getInstance();
    logSecurityEvents(instance, log);
    if (tracing) traceRequests(instance, tracing);
    const key = stores.dataDir && (await firstKey(stores.dataDir, app.get(Applications), app.get(ApiKeys)));
    await listen(app, runtime);
    log.info('service.listening', {
      ...{ port: runtime.port, role: env.role, embedded: env.embedded, tracing: tracing !== null },
      metrics: !runtime.metricsServed ? 'off' : env.metricsToken === undefined ? 'open' : 'with token',
    });
    warnOfFewThreads(env, log);
    const { publicUrl, localUrl } = runtime;
    const sandbox = config.sandboxChannels().length > 0;
    if (key) process.stdout.write(welcome({ local: localUrl, publicUrl, key, sandbox }));
    return {
      stop: async () => {
        await stop(app, stores, runtime, log);
        await tracing?.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function listen(app: NestFastifyApplication, runtime: Runtime): Promise<void> {
  const { port, host } = runtime.env;
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EADDRINUSE') throw new StartupRefused([`PORT: ${String(port)} is in use; set another one`]);
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      throw new StartupRefused([`HOST, PORT: can not listen there (${code})`]);
    throw error;
  }
  const address = app.getHttpServer().address();
  if (address && typeof address === 'object') runtime.port = address.port;
}

async function stop(app: NestFastifyApplication, stores: Stores, runtime: Runtime, log: Log): Promise<void> {
  log.info('sys_shutdown');
  runtime.accepting = false;
  if (runtime.env.production) await sleep(DRAIN_MS);
  await app.close();
  await stores.close();
  log.info('service.stopped');
}
