import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApiKeys, type ApiKey } from '../api-keys.js';
import { RotateKey, type RotatedKey } from '../rotate-key.js';
import { Caller } from '../caller.js';
import { Needs } from '../needs.js';
import type { Principal } from '../principal.js';
import { ApiKeyId, KeyId } from './ids.js';
import { ApiSelf, refuseOwnKey, SelfToo, type Self } from './own-key.js';
import * as schemas from './schemas.js';

/** The operators' own keys: the first comes from the command line, a leaked one must be revocable without it. */
@ApiTags('keys')
@Controller('v1/admin/operator-keys')
@Needs('operator')
export class OperatorKeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly rotate: RotateKey,
  ) {}

  @Tells('authn_token_created')
  @Post()
  @ApiOperation({ summary: "Make an operator's key; its secret is shown once" })
  @ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: schemas.createdKeySchema })
  @ApiProblem(400)
  createOperatorKey(
    @Body({ schema: schemas.newOperatorKeySchema }) order: schemas.NewOperatorKey,
    @Caller() caller: Principal,
  ): Promise<ApiKey & { secret: string }> {
    return this.keys.create({ applicationId: null, scopes: ['operator'], ...order }, { keyId: caller.keyId });
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

  @Tells('authn_token_created')
  @Post(':keyId/rotate')
  @ApiOperation({
    summary: "Put a new key in the place of an operator's old one",
    description: 'With the same name and length of life. Both are good until the overlap ends.',
  })
  @ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: schemas.rotatedKeySchema })
  @ApiKeyId()
  @ApiProblem(400, 404, { 409: ['already-rotated', 'key-ended'] })
  rotateOperatorKey(
    @KeyId() keyId: string,
    @Body({ schema: schemas.rotationSchema }) { overlapHours }: schemas.RotationBody,
    @Caller() caller: Principal,
  ): Promise<RotatedKey> {
    return this.rotate.execute({ applicationId: null, keyId, overlapHours }, { keyId: caller.keyId });
  }

  @Tells('authn_token_revoked')
  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: "Revoke an operator's key; no node takes it after 5 s" })
  @ApiResponse({ status: 204, description: 'It is revoked, now or before' })
  @ApiKeyId()
  @ApiSelf()
  @ApiProblem(400, 404, { 409: ['own-key'] })
  async revokeOperatorKey(@KeyId() keyId: string, @SelfToo() self: Self, @Caller() caller: Principal): Promise<void> {
    refuseOwnKey(keyId, caller, self);
    await this.keys.revoke(null, keyId, caller.keyId);
  }
}
