import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { CheckCode } from '../application/check/check-code.js';
import { approvalSchema, checkSchema, type ApprovalBody, type CheckBody } from './check.schema.js';
import { IdempotencyKey } from '../../platform/http/idempotency-key.js';
import { ApiVerificationId, VerificationIdPipe } from './verification-id.pipe.js';
import { requesterOf } from './requester-of.js';
import { approvalBody } from './views.js';

@ApiTags('verifications')
@Controller('v1/verifications/:id/checks')
@Needs('verify')
export class CheckController {
  constructor(private readonly checkCode: CheckCode) {}

  /** 2xx means approved, and nothing else does: who looks only at the status lets nobody in by mistake. */
  @Tells('authn_login_success')
  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'checkCode',
    summary: 'Check the code a person typed',
    description:
      'A 2xx means approved, and nothing else does. Each wrong code spends one attempt, whichever channel the codes came by. ' +
      'What the start named as `subject`, `purpose` and `binding` must be named again. A code of an authenticator or a ' +
      'backup code needs `channel`; one that was used before is wrong, with `reason: "already-used"`.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'A retry with it is answered the same and spends no attempt',
    schema: { type: 'string', maxLength: 255 },
  })
  @ApiResponse({ status: 200, description: 'Approved', standardSchema: approvalSchema })
  @ApiProblem(400, 404, {
    409: ['idempotency-in-flight'],
    410: ['expired', 'canceled', 'already-approved'],
    422: ['wrong-code', 'no-channel', 'blocked-address', 'idempotency-mismatch'],
    429: ['attempts-used-up', 'rate-limited'],
    503: ['overloaded', 'unavailable'],
  })
  @ApiVerificationId()
  async check(
    @CallingTenant() { applicationId, keyId }: Tenant,
    @Param('id', VerificationIdPipe) id: string,
    @Body({ schema: checkSchema }) { endUser, limitKeys, ...guess }: CheckBody,
    @IdempotencyKey() key: string | null,
  ): Promise<ApprovalBody> {
    const requester = requesterOf(keyId, { endUser, limitKeys });
    const request = { ...guess, applicationId, id, requester, idempotencyKey: key ?? undefined };
    return approvalBody(id, await this.checkCode.execute(request));
  }
}
