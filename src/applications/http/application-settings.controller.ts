import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch, withEntityTag } from '../../platform/http/entity-tag.js';
import { Tells, tellWeakening } from '../../platform/http/security-events.js';
import { ApplicationSettings, type SettingsView } from '../application-settings.js';
import { Caller } from '../caller.js';
import { Needs } from '../needs.js';
import type { Principal } from '../principal.js';
import { settingsSchema, type Settings } from '../settings.js';
import { ApiApplicationId, ApplicationId } from './ids.js';
import { settingsViewSchema } from './schemas.js';

/** The settings of any application, for operators. */
@ApiTags('settings')
@ApiApplicationId()
@Controller('v1/admin/applications/:id/settings')
@Needs('operator')
export class ApplicationSettingsController {
  constructor(private readonly settings: ApplicationSettings) {}

  @Get()
  @ApiOperation({ summary: "Read an application's settings" })
  @ApiResponse({ status: 200, description: 'What is set, and what holds', standardSchema: settingsViewSchema })
  @ApiProblem(404)
  async readApplicationSettings(
    @ApplicationId() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingsView> {
    return withEntityTag(reply, await this.settings.find(id));
  }

  @Tells('authz_admin')
  @Put()
  @ApiOperation({ summary: "Replace an application's settings" })
  @ApiResponse({ status: 200, description: 'What is set, and what holds', standardSchema: settingsViewSchema })
  @ApiProblem(400, 404, 412, 428, { 422: ['no-channel', 'no-price'] })
  @ApiIfMatch()
  async changeApplicationSettings(
    @ApplicationId() id: string,
    @IfMatch() version: number,
    @Body({ schema: settingsSchema }) settings: Settings,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingsView> {
    const { view, weakens } = await this.settings.save(id, { settings, version }, caller);
    tellWeakening(reply.request, weakens);
    return withEntityTag(reply, view);
  }
}
