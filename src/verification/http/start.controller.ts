import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { StartVerification } from '../application/start-verification.js';
import { IdempotencyKey } from './idempotency-key.js';
import { startSchema, type StartBody } from './start.schema.js';
import { verificationSchema, type VerificationBody } from './verification.schema.js';
import { startedBody } from './views.js';

@ApiTags('verifications')
@Controller('v1/verifications')
@Needs('verify')
export class StartController {
  constructor(private readonly startVerification: StartVerification) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Start a verification: a code is sent over the first channel that can carry it' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'A retry with it is answered the same and sends nothing more',
  })
  @ApiResponse({ status: 202, standardSchema: verificationSchema })
  @ApiProblem(400, 409, 422, 429, 503)
  async start(
    @CallingTenant() { applicationId }: Tenant,
    @Body({ schema: startSchema }) body: StartBody,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<VerificationBody> {
    return startedBody(await this.startVerification.execute(applicationId, body, idempotencyKey));
  }
}
