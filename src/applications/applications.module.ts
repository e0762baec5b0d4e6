import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { EinmalConfig } from '../config.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { ApiKeys } from './api-keys.js';
import { ApplicationSettings } from './application-settings.js';
import { Applications } from './applications.js';
import { ApplicationSettingsController } from './http/application-settings.controller.js';
import { ApplicationsController } from './http/applications.controller.js';
import { KeysController } from './http/keys.controller.js';
import { OperatorKeysController } from './http/operator-keys.controller.js';
import { OwnKeysController } from './http/own-keys.controller.js';
import { SettingsController } from './http/settings.controller.js';
import { Installation } from './ports.js';
import { Principals } from './principals.js';
import { RotateKey } from './rotate-key.js';
import { Whose } from './whose.js';

/** Tenants, their settings and keys; and the guard before every route of the service. */
@Module({
  imports: [AuditModule],
  controllers: [
    ...[ApplicationsController, ApplicationSettingsController, SettingsController],
    ...[KeysController, OwnKeysController, OperatorKeysController],
  ],
  providers: [
    Applications,
    Whose,
    ApplicationSettings,
    ApiKeys,
    RotateKey,
    Principals,
    { provide: Installation, useExisting: EinmalConfig },
    { provide: APP_GUARD, useClass: ApiKeyGuard },
  ],
  exports: [Applications, Whose, ApplicationSettings, ApiKeys],
})
export class ApplicationsModule {}
