import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApiKeys, type ApiKey } from '../api-keys.js';
import { RotateKey, type RotatedKey } from '../rotate-key.js';
import { Applications } from '../applications.js';
import { Caller } from '../caller.js';
import { Needs } from '../needs.js';
import type { Principal } from '../principal.js';
import { ApiApplicationId, ApiKeyId, ApplicationId, KeyId } from './ids.js';
import * as schemas from './schemas.js';

/** The keys of applications. */
@ApiTags('keys')
@ApiApplicationId()
@Controller('v1/admin/applications/:id/keys')
@Needs('operator')
export class KeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly rotate: RotateKey,
    private readonly applications: Applications,
  ) {}

  @Tells('authn_token_created')
  @Post()
  @ApiOperation({ summary: 'Make a key; its secret is shown once' })
  @ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: schemas.createdKeySchema })
  @ApiProblem(400, 404)
  createKey(
    @ApplicationId() applicationId: string,
    @Body({ schema: schemas.newKeySchema }) order: schemas.NewKey,
    @Caller() caller: Principal,
  ): Promise<ApiKey & { secret: string }> {
    return this.keys.create({ applicationId, ...order }, { keyId: caller.keyId });
  }

  @Get()
  @ApiOperation({ summary: "List an application's keys, without their secrets" })
  @ApiResponse({
    status: 200,
    description: 'Oldest first, revoked and expired ones included',
    standardSchema: schemas.keyListSchema,
  })
  @ApiProblem(404)
  async listKeys(@ApplicationId() applicationId: string): Promise<{ keys: ApiKey[] }> {
    const { id } = await this.applications.find(applicationId);
    return { keys: await this.keys.list(id) };
  }

  @Tells('authn_token_created')
  @Post(':keyId/rotate')
  @ApiOperation({
    summary: 'Put a new key in the place of an old one',
    description: 'With the same scopes, name and length of life. Both are good until the overlap ends.',
  })
  @ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: schemas.rotatedKeySchema })
  @ApiKeyId()
  @ApiProblem(400, 404, { 409: ['already-rotated', 'key-ended'] })
  rotateKey(
    @ApplicationId() applicationId: string,
    @KeyId() keyId: string,
    @Body({ schema: schemas.rotationSchema }) { overlapHours }: schemas.RotationBody,
    @Caller() caller: Principal,
  ): Promise<RotatedKey> {
    return this.rotate.execute({ applicationId, keyId, overlapHours }, { keyId: caller.keyId });
  }

  @Tells('authn_token_revoked')
  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key; no node takes it after 5 s' })
  @ApiResponse({ status: 204, description: 'It is revoked, now or before' })
  @ApiKeyId()
  @ApiProblem(404)
  revokeKey(
    @ApplicationId() applicationId: string,
    @KeyId() keyId: string,
    @Caller() caller: Principal,
  ): Promise<void> {
    return this.keys.revoke(applicationId, keyId, caller.keyId);
  }
}
