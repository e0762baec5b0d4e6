import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch, withEntityTag } from '../../platform/http/entity-tag.js';
import { Tells, tellWeakening } from '../../platform/http/security-events.js';
import { ApplicationSettings, type SettingsView } from '../application-settings.js';
import { CallingTenant, type Tenant } from '../caller.js';
import { Needs } from '../needs.js';
import { settingsSchema, type Settings } from '../settings.js';
import { settingsViewSchema } from './schemas.js';

/** An application's own settings, for its own administrators. */
@ApiTags('settings')
@Controller('v1/admin/settings')
@Needs('admin')
export class SettingsController {
  constructor(private readonly settings: ApplicationSettings) {}

  @Get()
  @ApiOperation({ summary: 'Read the settings' })
  @ApiResponse({ status: 200, description: 'What is set, and what holds', standardSchema: settingsViewSchema })
  async readSettings(
    @CallingTenant() { applicationId }: Tenant,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingsView> {
    return withEntityTag(reply, await this.settings.find(applicationId));
  }

  @Tells('authz_admin')
  @Put()
  @ApiOperation({ summary: 'Replace the settings' })
  @ApiResponse({ status: 200, description: 'What is set, and what holds', standardSchema: settingsViewSchema })
  @ApiProblem(400, 412, 428, { 422: ['no-channel', 'no-price', 'operators-setting'] })
  @ApiIfMatch()
  async changeSettings(
    @IfMatch() version: number,
    @Body({ schema: settingsSchema }) settings: Settings,
    @CallingTenant() caller: Tenant,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingsView> {
    const { view, weakens } = await this.settings.save(caller.applicationId, { settings, version }, caller);
    tellWeakening(reply.request, weakens);
    return withEntityTag(reply, view);
  }
}
