import { Body, Controller, Header, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { ApiTakes, Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { RenewBackupCodes } from '../application/renew-backup-codes.js';
import { backupCodesBody, backupCodesSchema, type BackupCodesBody } from './backup-codes.schema.js';
import { ofSubjectSchema, type OfSubjectBody } from './factor.schema.js';
import { ApiProof, changeRequest, Proof, type ShownProof } from './shown-proof.js';

/** What a person keeps for the day without a phone. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('verify')
export class BackupCodesController {
  constructor(private readonly renewBackupCodes: RenewBackupCodes) {}

  @Tells('user_updated')
  @Post('backup-codes')
  @Header('Cache-Control', 'no-store')
  @ApiProof()
  @ApiOperation({
    operationId: 'createBackupCodes',
    summary: 'Ten new backup codes; they are shown once',
    description:
      'Each is good once. Whatever the subject had before is void from now on, used or not, also when this answer is lost: ask ' +
      'again then. A subject without any factor needs no `Approval-Token`.',
  })
  @ApiResponse({ status: 201, description: 'Show them to the person now', standardSchema: backupCodesSchema })
  @ApiTakes('verify')
  @ApiProblem(400, 503, {
    403: ['forbidden', 'application-disabled', 'factor-proof-needed'],
    410: ['token-expired', 'token-used'],
    422: ['factor-proof-needed', 'invalid-token', 'token-mismatch', 'idempotency-mismatch'],
  })
  async create(
    @CallingTenant() tenant: Tenant,
    @Proof() proof: ShownProof,
    @Body({ schema: ofSubjectSchema }) { subject }: OfSubjectBody,
  ): Promise<BackupCodesBody> {
    return backupCodesBody(await this.renewBackupCodes.execute({ ...changeRequest(tenant, proof), subject }));
  }
}
