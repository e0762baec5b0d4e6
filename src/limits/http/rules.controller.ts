import { Body, Controller, Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiIfMatch, IfMatch } from '../../platform/http/entity-tag.js';
import { tellWeakening, Tells } from '../../platform/http/security-events.js';
import { ManageRules } from '../application/manage-rules.js';
import type { RuleKeeper } from '../application/may-change-rule.js';
import { ruleBody, savedRule, taggedRule } from './rule-answer.js';
import { ApiRuleId, RuleId } from './rule-id.js';
import { orderOf, ruleOrderSchema, type RuleOrderBody } from './rule-order.schema.js';
import { ruleListSchema, ruleSchema, type RuleBody } from './rule.schema.js';

/** Limit rules of whoever calls: an application's own, or with an operator's key the installation's. */
@ApiTags('limit rules')
@Controller('v1/admin/rules')
@Needs('admin', 'operator')
export class RulesController {
  constructor(private readonly rules: ManageRules) {}

  @Get()
  @ApiOperation({
    operationId: 'listRules',
    summary: 'List the limit rules',
    description:
      'The rails, which nobody can change; the installation’s rules; and, for an application, its own. A rule of its own that ' +
      'replaces one of the installation’s stands in its place.',
  })
  @ApiResponse({
    status: 200,
    description: 'Those that hold, by what they limit',
    standardSchema: ruleListSchema,
  })
  @ApiProblem(503)
  async list(@Caller() caller: Principal): Promise<{ rules: RuleBody[] }> {
    return { rules: (await this.rules.list(keeperOf(caller))).map(ruleBody) };
  }

  @Tells('authz_admin')
  @Post()
  @ApiOperation({
    operationId: 'createRule',
    summary: 'Make a limit rule',
    description:
      'Several windows for one thing are several rules. A rule of an application with the name of an installation’s replaces it ' +
      'there; it must be as strict, unless an operator saves it. Holds on every process within 5 s.',
  })
  @ApiResponse({ status: 201, description: 'It holds', standardSchema: ruleSchema })
  @ApiProblem(400, 503, { 409: ['name-taken'], 422: ['too-many-rules', 'too-many-windows', 'rail', 'looser'] })
  async create(
    @Body({ schema: ruleOrderSchema }) body: RuleOrderBody,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleBody> {
    return savedRule(await this.rules.create(keeperOf(caller), orderOf(body)), reply);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'readRule', summary: 'Read a limit rule' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: ruleSchema })
  @ApiProblem(404, 503)
  @ApiRuleId()
  async read(
    @RuleId() id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleBody> {
    return taggedRule(await this.rules.find(keeperOf(caller), id), reply);
  }

  @Tells('authz_admin')
  @Put(':id')
  @ApiOperation({
    operationId: 'replaceRule',
    summary: 'Replace a limit rule',
    description: 'What is absent gets its default. The name stays. Holds on every process within 5 s.',
  })
  @ApiResponse({ status: 200, description: 'It holds', standardSchema: ruleSchema })
  @ApiProblem(400, 404, 412, 428, 503, { 422: ['too-many-windows', 'rail', 'looser', 'operators-rule'] })
  @ApiRuleId()
  @ApiIfMatch()
  async replace(
    @RuleId() id: string,
    @IfMatch() version: number,
    @Body({ schema: ruleOrderSchema }) body: RuleOrderBody,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleBody> {
    return savedRule(await this.rules.replace(keeperOf(caller), { id, version }, orderOf(body)), reply);
  }

  @Tells('authz_admin')
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteRule',
    summary: 'Delete a limit rule',
    description:
      'Where it replaced a rule of the installation’s, that one holds again. Holds on every process within 5 s.',
  })
  @ApiResponse({ status: 204, description: 'It is gone' })
  @ApiProblem(404, 412, 428, 503, { 422: ['rail', 'operators-rule'] })
  @ApiRuleId()
  @ApiIfMatch()
  async delete(
    @RuleId() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    tellWeakening(reply.request, await this.rules.remove(keeperOf(caller), { id, version }));
  }
}

const keeperOf = ({ applicationId, keyId }: Principal): RuleKeeper => ({
  ...{ applicationId, as: applicationId === null ? 'operator' : 'application', actor: keyId },
});
