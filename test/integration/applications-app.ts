import { Controller, Get, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { randomBytes } from 'node:crypto';
import { ApiKeys } from '../../src/applications/api-keys.js';
import { ApplicationSettings } from '../../src/applications/application-settings.js';
import { Applications } from '../../src/applications/applications.js';
import { ApplicationsModule } from '../../src/applications/applications.module.js';
import { ReadAuditModule } from '../../src/audit/read-audit.module.js';
import { EVERY_COUNTRY } from '../../src/applications/country-settings.js';
import { CallingTenant, Caller, type Tenant } from '../../src/applications/caller.js';
import { Needs } from '../../src/applications/needs.js';
import type { Principal, Scope } from '../../src/applications/principal.js';
import { EinmalConfig } from '../../src/config.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { readEnvironment } from '../../src/startup.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { ProblemFilter } from '../../src/platform/http/problem-filter.js';
import { Public } from '../../src/platform/http/public.js';
import { StrictValidationPipe } from '../../src/platform/http/strict-validation.pipe.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import { Log } from '../../src/platform/log/log.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { Runtime } from '../../src/platform/runtime.js';
import type { Clock } from '../../src/shared/clock.js';
import { call, type CallOptions, type Reply } from '../support/http-client.js';

/** Routes that say who may call them in every way there is. */
@Controller('probe')
export class ProbeController {
  @Get('silent')
  silent(): string {
    return 'reached';
  }

  @Get('public')
  @Public()
  anybody(): string {
    return 'reached';
  }

  @Get('verify')
  @Needs('verify')
  verify(@CallingTenant() tenant: Tenant): Tenant {
    return tenant;
  }

  @Get('operator')
  @Needs('operator')
  operator(@Caller() caller: Principal): Principal {
    return caller;
  }

  @Get('read-or-operator')
  @Needs('read', 'operator')
  either(@Caller() caller: Principal): Principal {
    return caller;
  }

  @Get('tenant-of-either')
  @Needs('read', 'operator')
  tenant(@CallingTenant() tenant: Tenant): Tenant {
    return tenant;
  }
}

/** A class that is open, with one route that is not. */
@Controller('open')
@Public()
export class OpenController {
  @Get('closed')
  @Needs('admin')
  closed(): string {
    return 'reached';
  }
}

/** The feature, and others that are named, as the service runs it, on a port of its own; SMS and e-mail have providers, voice has none. */
export async function startApplications(
  database: Database,
  { clock, controllers = [], modules = [] }: { clock?: Clock; controllers?: Type[]; modules?: Type[] } = {},
): Promise<ApplicationsService> {
  const runtime = new Runtime(readEnvironment({ PORT: '0' }));
  const log = Log.to('silent');
  const keyring = new Keyring([{ kid: 'test', key: randomBytes(32) }]);
  const providers = { a: { type: 'x', channel: 'sms' as const }, b: { type: 'x', channel: 'email' as const } };
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.over({ runtime, log, keyring, database, redis: null, ...(clock && { clock }) }),
      ConfigModule.over(new EinmalConfig(providers, {}, { policy: { maxAttempts: 4 } }), false),
      ApplicationsModule,
      ReadAuditModule,
      ...modules,
    ],
    controllers,
    providers: [
      { provide: APP_FILTER, useFactory: () => new ProblemFilter(log) },
      { provide: APP_PIPE, useValue: new StrictValidationPipe() },
    ],
  }).compile();
  module.useLogger(false);
  const adapter = fastifyAdapter(runtime.env, runtime);
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false });
  await app.listen(0, '127.0.0.1');
  return new ApplicationsService(app, await app.getUrl());
}

export class ApplicationsService {
  constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {}

  call<Body>(method: string, path: string, options?: CallOptions): Promise<Reply<Body>> {
    return call<Body>(method, this.url + path, options);
  }

  get settings(): ApplicationSettings {
    return this.app.get(ApplicationSettings);
  }

  get keys(): ApiKeys {
    return this.app.get(ApiKeys);
  }

  /** An application with one key that has these scopes. */
  async tenant(name: string, scopes: Exclude<Scope, 'operator'>[] = ['verify', 'read', 'admin']): Promise<TestTenant> {
    const { id } = await this.app.get(Applications).create(name, 'test', EVERY_COUNTRY);
    const { id: keyId, secret } = await this.keys.create({ applicationId: id, scopes }, { keyId: 'test' });
    return { id, keyId, key: secret };
  }

  async operatorKey(): Promise<string> {
    return (await this.keys.create({ applicationId: null, scopes: ['operator'] }, { keyId: 'test' })).secret;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

export interface TestTenant {
  id: string;
  keyId: string;
  key: string;
}
