import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ApiKeys, type ApiKey } from '../api-keys.js';
import { CallingTenant, type Tenant } from '../caller.js';
import { Needs } from '../needs.js';
import { RotateKey, type RotatedKey } from '../rotate-key.js';
import { ApiKeyId, KeyId } from './ids.js';
import { ApiSelf, refuseOwnKey, SelfToo, type Self } from './own-key.js';
import * as schemas from './schemas.js';

/** The keys of the calling application, for its own administrators: they hand out no scope that they do not have. */
@ApiTags('keys')
@Controller('v1/admin/keys')
@Needs('admin')
export class OwnKeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly rotate: RotateKey,
  ) {}

  @Tells('authn_token_created')
  @Post()
  @ApiOperation({
    summary: "Make a key of one's own application; its secret is shown once",
    description: '403 `scope-not-held` for a scope that the calling key does not have.',
  })
  @ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: schemas.createdKeySchema })
  @ApiProblem(400)
  createOwnKey(
    @CallingTenant() { applicationId, keyId, scopes }: Tenant,
    @Body({ schema: schemas.newKeySchema }) order: schemas.NewKey,
  ): Promise<ApiKey & { secret: string }> {
    return this.keys.create({ applicationId, ...order }, { keyId, scopes });
  }

  @Get()
  @ApiOperation({ summary: "List the keys of one's own application, without their secrets" })
  @ApiResponse({
    status: 200,
    description: 'Oldest first, revoked and expired ones included',
    standardSchema: schemas.keyListSchema,
  })
  async listOwnKeys(@CallingTenant() { applicationId }: Tenant): Promise<{ keys: ApiKey[] }> {
    return { keys: await this.keys.list(applicationId) };
  }

  @Tells('authn_token_created')
  @Post(':keyId/rotate')
  @ApiOperation({
    summary: "Put a new key in the place of an old one of one's own application",
    description:
      'With the same scopes, name and length of life. Both are good until the overlap ends. 403 `scope-not-held` where it has a ' +
      'scope that the calling key does not have.',
  })
  @ApiResponse({ status: 201, description: 'Keep its secret now', standardSchema: schemas.rotatedKeySchema })
  @ApiKeyId()
  @ApiProblem(400, 404, { 409: ['already-rotated', 'key-ended'] })
  rotateOwnKey(
    @KeyId() rotated: string,
    @Body({ schema: schemas.rotationSchema }) { overlapHours }: schemas.RotationBody,
    @CallingTenant() { applicationId, keyId, scopes }: Tenant,
  ): Promise<RotatedKey> {
    return this.rotate.execute({ applicationId, keyId: rotated, overlapHours }, { keyId, scopes });
  }

  @Tells('authn_token_revoked')
  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: "Revoke a key of one's own application; no node takes it after 5 s" })
  @ApiResponse({ status: 204, description: 'It is revoked, now or before' })
  @ApiKeyId()
  @ApiSelf()
  @ApiProblem(400, 404, { 409: ['own-key'] })
  async revokeOwnKey(@KeyId() keyId: string, @SelfToo() self: Self, @CallingTenant() caller: Tenant): Promise<void> {
    refuseOwnKey(keyId, caller, self);
    await this.keys.revoke(caller.applicationId, keyId, caller.keyId);
  }
}
