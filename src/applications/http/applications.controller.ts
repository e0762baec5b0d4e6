import { Body, Controller, Get, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch, withEntityTag } from '../../platform/http/entity-tag.js';
import { Tells } from '../../platform/http/security-events.js';
import { pageOf, placeAfter } from '../../shared/page.js';
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
  constructor(private readonly applications: Applications) {}

  @Tells('authz_admin')
  @Post()
  @ApiOperation({ summary: 'Make an application' })
  @ApiResponse({ status: 201, description: 'It is made; next, make a key', standardSchema: schemas.applicationSchema })
  @ApiProblem(400, { 409: ['name-taken'] })
  async createApplication(
    @Body({ schema: schemas.newApplicationSchema }) { name, countries }: schemas.NewApplication,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Application> {
    return withEntityTag(reply, await this.applications.create(name, caller.keyId, countries));
  }

  @Get()
  @ApiOperation({ summary: 'List all applications' })
  @ApiResponse({ status: 200, description: 'Oldest first', standardSchema: schemas.applicationListSchema })
  @ApiProblem(400)
  async listApplications(
    @Query({ schema: schemas.pageSchema }) { limit, cursor }: schemas.PageOrder,
  ): Promise<{ applications: Application[]; nextCursor?: string }> {
    const [after] = cursor === undefined ? [] : placeAfter(cursor, /^([\w-]{1,64})$/);
    const { found, ...more } = pageOf(await this.applications.list(limit + 1, after), limit, ({ id }) => id);
    return { applications: found, ...more };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an application' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.applicationSchema })
  @ApiProblem(404)
  @ApiApplicationId()
  async readApplication(
    @ApplicationId() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Application> {
    return withEntityTag(reply, await this.applications.find(id));
  }

  @Tells('authz_admin')
  @Put(':id')
  @ApiOperation({
    summary: 'Rename, disable or enable an application',
    description:
      'Disabled, every call with one of its keys is answered 403 `application-disabled`, on every process within 5 s. What it ' +
      'has started is still delivered and ends by itself within minutes.',
  })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.applicationSchema })
  @ApiProblem(400, 404, 412, 428, { 409: ['name-taken'] })
  @ApiApplicationId()
  @ApiIfMatch()
  async changeApplication(
    @ApplicationId() id: string,
    @IfMatch() version: number,
    @Body({ schema: schemas.applicationChangeSchema }) to: schemas.ApplicationChange,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Application> {
    return withEntityTag(reply, await this.applications.change(id, { to, version }, caller.keyId));
  }
}
