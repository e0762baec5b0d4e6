import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApplicationSettings } from '../application-settings.js';
import { Applications, type Application } from '../applications.js';
import { Caller } from '../caller.js';
import { Needs } from '../needs.js';
import type { Principal } from '../principal.js';
import { ApiApplicationId, ApplicationId } from './ids.js';
import * as schemas from './schemas.js';

@ApiTags('applications')
@Controller('v1/admin/applications')
@Needs('operator')
export class ApplicationsController {
  constructor(
    private readonly applications: Applications,
    private readonly settings: ApplicationSettings,
  ) {}

  @Tells('authz_admin')
  @Post()
  @ApiOperation({ summary: 'Make an application' })
  @ApiResponse({ status: 201, description: 'It is made; next, make a key', standardSchema: schemas.applicationSchema })
  @ApiProblem(400, { 409: ['name-taken'] })
  createApplication(
    @Body({ schema: schemas.newApplicationSchema }) { name, countries }: schemas.NewApplication,
    @Caller() caller: Principal,
  ): Promise<Application> {
    return this.applications.create(name, caller.keyId, countries);
  }

  @Get()
  @ApiOperation({ summary: 'List all applications' })
  @ApiResponse({ status: 200, description: 'Oldest first', standardSchema: schemas.applicationListSchema })
  async listApplications(): Promise<{ applications: Application[] }> {
    return { applications: await this.applications.list() };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an application' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.applicationSchema })
  @ApiProblem(404)
  @ApiApplicationId()
  readApplication(@ApplicationId() id: string): Promise<Application> {
    return this.applications.find(id);
  }

  @Tells('authz_admin')
  @Put(':id/settings')
  @ApiOperation({ summary: "Replace an application's settings" })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.applicationSchema })
  @ApiProblem(400, 404, { 409: ['version-mismatch'], 422: ['no-channel'] })
  @ApiApplicationId()
  changeApplicationSettings(
    @ApplicationId() id: string,
    @Body({ schema: schemas.settingsChangeSchema }) change: schemas.SettingsChange,
    @Caller() caller: Principal,
  ): Promise<Application> {
    return this.settings.save(id, change, caller.keyId);
  }
}
