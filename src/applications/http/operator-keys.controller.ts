import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApiKeys, type ApiKey } from '../api-keys.js';
import { Caller } from '../caller.js';
import { Needs } from '../needs.js';
import type { Principal } from '../principal.js';
import { ApiKeyId, KeyId } from './ids.js';
import * as schemas from './schemas.js';

/** The operators' own keys: the first comes from the command line, a leaked one must be revocable without it. */
@ApiTags('keys')
@Controller('v1/admin/operator-keys')
@Needs('operator')
export class OperatorKeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Tells('authn_token_created')
  @Post()
  @ApiOperation({ summary: "Make an operator's key; its secret is shown once" })
  @ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: schemas.createdKeySchema })
  @ApiProblem(400)
  createOperatorKey(
    @Body({ schema: schemas.newOperatorKeySchema }) { expiresInDays }: schemas.NewOperatorKey,
    @Caller() caller: Principal,
  ): Promise<ApiKey & { secret: string }> {
    return this.keys.create({ applicationId: null, scopes: ['operator'], expiresInDays }, caller.keyId);
  }

  @Get()
  @ApiOperation({ summary: "List the operators' keys, without their secrets" })
  @ApiResponse({
    status: 200,
    description: 'Oldest first, revoked and expired ones included',
    standardSchema: schemas.keyListSchema,
  })
  async listOperatorKeys(): Promise<{ keys: ApiKey[] }> {
    return { keys: await this.keys.list(null) };
  }

  @Tells('authn_token_revoked')
  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: "Revoke an operator's key; no node takes it after 5 s" })
  @ApiResponse({ status: 204, description: 'It is revoked, now or before' })
  @ApiKeyId()
  @ApiProblem(404)
  revokeOperatorKey(@KeyId() keyId: string, @Caller() caller: Principal): Promise<void> {
    return this.keys.revoke(null, keyId, caller.keyId);
  }
}
