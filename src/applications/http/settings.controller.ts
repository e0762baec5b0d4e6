import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApplicationSettings } from '../application-settings.js';
import { Applications, type Application } from '../applications.js';
import { CallingTenant, type Tenant } from '../caller.js';
import { Needs } from '../needs.js';
import type { EffectiveSettings } from '../settings.js';
import * as schemas from './schemas.js';

interface SettingsView extends Pick<Application, 'version' | 'settings'> {
  effective: EffectiveSettings;
}

/** An application's own settings, for its own administrators. */
@ApiTags('settings')
@Controller('v1/admin/settings')
@Needs('admin')
export class SettingsController {
  constructor(
    private readonly applications: Applications,
    private readonly settings: ApplicationSettings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read the settings' })
  @ApiResponse({ status: 200, description: 'What is set, and what holds', standardSchema: schemas.settingsViewSchema })
  async readSettings(@CallingTenant() { applicationId }: Tenant): Promise<SettingsView> {
    return this.view(await this.applications.find(applicationId));
  }

  @Tells('authz_admin')
  @Put()
  @ApiOperation({ summary: 'Replace the settings' })
  @ApiResponse({ status: 200, description: 'What is set, and what holds', standardSchema: schemas.settingsViewSchema })
  @ApiProblem(400, { 409: ['version-mismatch'], 422: ['no-channel'] })
  async changeSettings(
    @Body({ schema: schemas.settingsChangeSchema }) change: schemas.SettingsChange,
    @CallingTenant() { applicationId, keyId }: Tenant,
  ): Promise<SettingsView> {
    return this.view(await this.settings.save(applicationId, change, keyId));
  }

  private view(application: Application): SettingsView {
    const { version, settings } = application;
    return { version, settings, effective: this.settings.fill(application) };
  }
}
