import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { ApiTakes, Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiFactorId, FactorId } from '../../platform/http/factor-id.js';
import { Tells } from '../../platform/http/security-events.js';
import { notFound } from '../../shared/refusals.js';
import { changerOf } from '../application/changer.js';
import { FindFactors } from '../application/find-factors.js';
import { RemoveFactor } from '../application/remove-factor.js';
import { RenameFactor } from '../application/rename-factor.js';
import * as schemas from './factor.schema.js';
import { ApiProof, changeRequest, Proof, type ShownProof } from './shown-proof.js';

/** What a subject has enrolled. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('verify')
export class FactorsController {
  constructor(
    private readonly findFactors: FindFactors,
    private readonly renameFactor: RenameFactor,
    private readonly removeFactor: RemoveFactor,
  ) {}

  @Post('search')
  @Needs('verify', 'read')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'searchFactors',
    summary: 'The factors that a subject can use',
    description: 'None for a subject that nobody has heard of. Enrolments under way are not among them.',
  })
  @ApiResponse({ status: 200, description: 'Oldest first', standardSchema: schemas.factorListSchema })
  @ApiProblem(400, 503)
  async search(
    @CallingTenant() { applicationId }: Tenant,
    @Body({ schema: schemas.ofSubjectSchema }) { subject }: schemas.OfSubjectBody,
  ): Promise<schemas.FactorListBody> {
    return { factors: (await this.findFactors.ofSubject(applicationId, subject)).map(schemas.factorBody) };
  }

  @Get(':id')
  @Needs('verify', 'read')
  @ApiFactorId()
  @ApiOperation({ operationId: 'readFactor', summary: 'Read a factor, or an enrolment under way' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.factorSchema })
  @ApiProblem(404, 503)
  async read(@CallingTenant() { applicationId }: Tenant, @FactorId() id: string): Promise<schemas.FactorBody> {
    const factor = await this.findFactors.find(applicationId, id);
    if (!factor) throw notFound('factor');
    return schemas.factorBody(factor);
  }

  @Patch(':id')
  @ApiFactorId()
  @ApiOperation({ operationId: 'renameFactor', summary: 'Give a factor another label' })
  @ApiResponse({ status: 200, description: 'As it is now', standardSchema: schemas.factorSchema })
  @ApiProblem(400, 404, 503)
  async rename(
    @CallingTenant() tenant: Tenant,
    @FactorId() id: string,
    @Body({ schema: schemas.renameSchema }) { label }: schemas.RenameBody,
  ): Promise<schemas.FactorBody> {
    const by = changerOf(changeRequest(tenant));
    return schemas.factorBody(await this.renameFactor.execute(by, id, label));
  }

  @Tells('user_updated')
  @Delete(':id')
  @HttpCode(204)
  @ApiFactorId()
  @ApiProof()
  @ApiOperation({
    operationId: 'removeFactor',
    summary: 'Remove a factor, or give up an enrolment',
    description:
      'With the last authenticator the backup codes go, too. An enrolment under way takes no `Approval-Token`.',
  })
  @ApiResponse({ status: 204, description: 'It is gone' })
  @ApiTakes('verify')
  @ApiProblem(400, 404, 503, {
    403: ['forbidden', 'application-disabled', 'factor-proof-needed'],
    410: ['token-expired', 'token-used'],
    422: ['factor-proof-needed', 'invalid-token', 'token-mismatch', 'idempotency-mismatch'],
  })
  remove(@CallingTenant() tenant: Tenant, @Proof() proof: ShownProof, @FactorId() id: string): Promise<void> {
    return this.removeFactor.execute(changeRequest(tenant, proof), id);
  }
}
