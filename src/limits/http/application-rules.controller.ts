import { Body, Controller, Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Applications } from '../../applications/applications.js';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch } from '../../platform/http/entity-tag.js';
import { tellWeakening, Tells } from '../../platform/http/security-events.js';
import { ApiApplicationId, ApplicationId } from '../../applications/http/ids.js';
import { ManageRules } from '../application/manage-rules.js';
import type { RuleKeeper } from '../application/may-change-rule.js';
import { ruleBody, savedRule, taggedRule } from './rule-answer.js';
import { ApiRuleId, RuleId } from './rule-id.js';
import { orderOf, ruleOrderSchema, type RuleOrderBody } from './rule-order.schema.js';
import { ruleListSchema, ruleSchema, type RuleBody } from './rule.schema.js';

/** Limit rules of one application, as an operator sets them: looser than the installation's, too. */
@ApiTags('limit rules')
@ApiApplicationId()
@Controller('v1/admin/applications/:id/rules')
@Needs('operator')
export class ApplicationRulesController {
  constructor(
    private readonly rules: ManageRules,
    private readonly applications: Applications,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listApplicationRules', summary: 'List the limit rules that matter to an application' })
  @ApiResponse({ status: 200, description: 'As it sees them itself', standardSchema: ruleListSchema })
  @ApiProblem(404, 503)
  async list(@ApplicationId() id: string, @Caller() caller: Principal): Promise<{ rules: RuleBody[] }> {
    return { rules: (await this.rules.list(await this.keeper(id, caller))).map(ruleBody) };
  }

  @Tells('authz_admin')
  @Post()
  @ApiOperation({
    operationId: 'createApplicationRule',
    summary: 'Make a limit rule for an application',
    description: 'With the name of an installation’s rule it replaces that one there, and may be looser.',
  })
  @ApiResponse({ status: 201, description: 'It holds', standardSchema: ruleSchema })
  @ApiProblem(400, 404, 503, { 409: ['name-taken'], 422: ['too-many-rules', 'too-many-windows', 'rail'] })
  async create(
    @ApplicationId() id: string,
    @Body({ schema: ruleOrderSchema }) body: RuleOrderBody,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleBody> {
    return savedRule(await this.rules.create(await this.keeper(id, caller), orderOf(body)), reply);
  }

  @Get(':ruleId')
  @ApiOperation({ operationId: 'readApplicationRule', summary: 'Read a limit rule that matters to an application' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: ruleSchema })
  @ApiProblem(404, 503)
  @ApiRuleId('ruleId')
  async read(
    @ApplicationId() id: string,
    @RuleId('ruleId') ruleId: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleBody> {
    return taggedRule(await this.rules.find(await this.keeper(id, caller), ruleId), reply);
  }

  @Tells('authz_admin')
  @Put(':ruleId')
  @ApiOperation({ operationId: 'replaceApplicationRule', summary: "Replace a limit rule of an application's own" })
  @ApiResponse({ status: 200, description: 'It holds', standardSchema: ruleSchema })
  @ApiProblem(400, 404, 412, 428, 503, { 422: ['too-many-windows', 'rail', 'operators-rule'] })
  @ApiRuleId('ruleId')
  @ApiIfMatch()
  async replace(
    @ApplicationId() id: string,
    @RuleId('ruleId') ruleId: string,
    @IfMatch() version: number,
    @Body({ schema: ruleOrderSchema }) body: RuleOrderBody,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleBody> {
    const asked = { id: ruleId, version };
    return savedRule(await this.rules.replace(await this.keeper(id, caller), asked, orderOf(body)), reply);
  }

  @Tells('authz_admin')
  @Delete(':ruleId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteApplicationRule', summary: "Delete a limit rule of an application's own" })
  @ApiResponse({ status: 204, description: 'It is gone' })
  @ApiProblem(404, 412, 428, 503, { 422: ['rail', 'operators-rule'] })
  @ApiRuleId('ruleId')
  @ApiIfMatch()
  async delete(
    @ApplicationId() id: string,
    @RuleId('ruleId') ruleId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const asked = { id: ruleId, version };
    tellWeakening(reply.request, await this.rules.remove(await this.keeper(id, caller), asked));
  }

  /** @throws 404 `not-found` when there is no such application. */
  private async keeper(id: string, { keyId }: Principal): Promise<RuleKeeper> {
    const { id: applicationId } = await this.applications.find(id);
    return { applicationId, as: 'operator', actor: keyId };
  }
}
