import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { StartVerification } from '../application/start/start-verification.js';
import { IdempotencyKey } from '../../platform/http/idempotency-key.js';
import { startSchema, type StartBody } from './start.schema.js';
import { startedSchema, type StartedBody } from './started.schema.js';
import { startedBody } from './views.js';

@ApiTags('verifications')
@Controller('v1/verifications')
@Needs('verify')
export class StartController {
  constructor(private readonly startVerification: StartVerification) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'startVerification',
    summary: 'Start a verification',
    description:
      'A code is made and sent over the first channel that can carry it; when that fails or stays unconfirmed, over the next. ' +
      'The answer is 202 as soon as that is certain to happen, before it has happened. Where the first channel is a factor of the ' +
      '`subject`, nothing is sent: the person has a code already, and may ask for a message by a resend.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'For 24 h, a retry with it is answered the same and sends nothing more',
    schema: { type: 'string', maxLength: 255 },
  })
  @ApiResponse({ status: 202, description: 'It will be sent', standardSchema: startedSchema })
  @ApiProblem(400, 503, {
    409: ['idempotency-in-flight'],
    422: [
      ...['no-channel', 'recipient-refused', 'no-price', 'idempotency-mismatch', 'unknown-template'],
      ...['template-needs-purpose', 'template-needs-binding', 'template-lacks-channel'],
      ...['link-in-text', 'text-too-long'],
    ],
    429: ['cooldown', 'rate-limited'],
  })
  async start(
    @CallingTenant() { applicationId, keyId }: Tenant,
    @Body({ schema: startSchema }) body: StartBody,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<StartedBody> {
    return startedBody(await this.startVerification.execute({ applicationId, keyId }, body, idempotencyKey));
  }
}
