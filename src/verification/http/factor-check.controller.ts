import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiFactorId, FactorId } from '../../platform/http/factor-id.js';
import { IdempotencyKey } from '../../platform/http/idempotency-key.js';
import { Tells } from '../../platform/http/security-events.js';
import { CheckFactor } from '../application/check/check-factor.js';
import { approvalSchema, checkFactorSchema, type ApprovalBody, type CheckFactorBody } from './check.schema.js';
import { requesterOf } from './requester-of.js';
import { approvalBody } from './views.js';

/** For who knows which factor it is; the door that takes any is a verification's check. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('verify')
export class FactorCheckController {
  constructor(private readonly checkFactor: CheckFactor) {}

  /** 2xx means approved, and nothing else does, as of a verification's check. */
  @Tells('authn_login_success')
  @Post(':id/checks')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'checkFactor',
    summary: 'Check a code of one factor, with no verification begun',
    description:
      'A 2xx means approved, and nothing else does. It is a verification of its own with one attempt, whose `id` is answered: ' +
      'so `attemptsLeft` is always 0, and another guess is another call. Wrong codes of all authenticators of a subject count ' +
      'together, here and in its logins, and those of its backup codes apart: 5 within 15 minutes or 20 within a day lock them ' +
      'for a while (429, `reason: "factor-locked"`).',
  })
  @ApiFactorId()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'A retry with it is answered the same and is no second guess, also within a minute of a lost answer. Without it, a ' +
      'backup code whose answer is lost is gone',
    schema: { type: 'string', maxLength: 255 },
  })
  @ApiResponse({ status: 200, description: 'Approved', standardSchema: approvalSchema })
  @ApiProblem(400, 404, {
    409: ['idempotency-in-flight'],
    410: ['expired', 'already-approved'],
    422: ['wrong-code', 'no-channel', 'blocked-address', 'idempotency-mismatch'],
    429: ['attempts-used-up', 'rate-limited'],
    503: ['overloaded', 'unavailable'],
  })
  async check(
    @CallingTenant() caller: Tenant,
    @FactorId() factorId: string,
    @Body({ schema: checkFactorSchema }) { endUser, limitKeys, ...check }: CheckFactorBody,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<ApprovalBody> {
    const requester = requesterOf(caller.keyId, { endUser, limitKeys });
    const { id, outcome } = await this.checkFactor.execute(caller, { ...check, factorId, requester, idempotencyKey });
    return approvalBody(id, outcome);
  }
}
