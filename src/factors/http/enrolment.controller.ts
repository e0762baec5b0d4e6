import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { ApiTakes, Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiFactorId, FactorId } from '../../platform/http/factor-id.js';
import { Tells } from '../../platform/http/security-events.js';
import { ActivateFactor } from '../application/activate-factor.js';
import { BeginEnrolment } from '../application/begin-enrolment.js';
import { changerOf } from '../application/changer.js';
import * as schemas from './enrolment.schema.js';
import { ApiProof, changeRequest, Proof, type ShownProof } from './shown-proof.js';

/** How a person gets an authenticator: a secret, and then its first code. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('verify')
export class EnrolmentController {
  constructor(
    private readonly beginEnrolment: BeginEnrolment,
    private readonly activateFactor: ActivateFactor,
  ) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiProof()
  @ApiOperation({
    operationId: 'createFactor',
    summary: 'Begin to enrol an authenticator; its secret is shown once',
    description:
      'It is no factor before a code of it was typed: POST /v1/factors/{id}/activate within 15 minutes. A subject that has ' +
      'none yet needs no `Approval-Token`; of such enrolments only the latest counts.',
  })
  @ApiResponse({ status: 201, description: 'Show it to the person now', standardSchema: schemas.begunSchema })
  @ApiTakes('verify')
  @ApiProblem(400, 503, {
    403: ['forbidden', 'application-disabled', 'factor-proof-needed'],
    410: ['token-expired', 'token-used'],
    422: ['too-many-factors', 'factor-proof-needed', 'invalid-token', 'token-mismatch', 'idempotency-mismatch'],
  })
  async create(
    @CallingTenant() tenant: Tenant,
    @Proof() proof: ShownProof,
    @Body({ schema: schemas.newFactorSchema }) body: schemas.NewFactorBody,
  ): Promise<schemas.BegunBody> {
    const { subject, label, issuer, account = label ?? subject, ...totp } = body;
    const request = { ...changeRequest(tenant, proof), subject, label: label ?? null, issuer, totp };
    return schemas.begunBody(await this.beginEnrolment.execute(request), account);
  }

  /** 2xx means that it can be used from now on. */
  @Tells('user_updated')
  @Post(':id/activate')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiFactorId()
  @ApiOperation({
    operationId: 'activateFactor',
    summary: 'Activate an authenticator with its first code',
    description:
      'This code logs nobody in: the next one does. Ten wrong codes end the enrolment. Where the answer was lost, the same code ' +
      'is answered with the factor again, and with `backupCodes` null if they were made then.',
  })
  @ApiResponse({ status: 200, description: 'It can be used', standardSchema: schemas.activatedSchema })
  @ApiTakes('verify')
  @ApiProblem(400, 404, 503, {
    403: ['forbidden', 'application-disabled', 'factor-proof-needed'],
    409: ['already-active'],
    410: ['enrolment-ended'],
    422: ['wrong-code', 'too-many-factors'],
  })
  async activate(
    @CallingTenant() tenant: Tenant,
    @FactorId() factorId: string,
    @Body({ schema: schemas.activationSchema }) body: schemas.ActivationBody,
  ): Promise<schemas.ActivatedBody> {
    const by = changerOf(changeRequest(tenant));
    return schemas.activatedBody(await this.activateFactor.execute({ ...by, factorId, ...body }));
  }
}
