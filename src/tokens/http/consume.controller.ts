import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { IdempotencyKey } from '../../platform/http/idempotency-key.js';
import { Tells } from '../../platform/http/security-events.js';
import { ConsumeToken } from '../application/consume-token.js';
import { consumedBody, consumedSchema, consumeSchema, type ConsumeBody, type ConsumedBody } from './consume.schema.js';

@ApiTags('tokens')
@Controller('v1/tokens')
@Needs('verify')
export class ConsumeController {
  constructor(private readonly consumeToken: ConsumeToken) {}

  /** 2xx means that the token is good and is now used up, and nothing else does. */
  @Tells('authn_token_revoked')
  @Post('consume')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'consumeToken',
    summary: 'Take an approval token in, once',
    description:
      'A 2xx means that the token is genuine, for your application, for what you name, and was not consumed before; it is now. ' +
      'What the token names (`subject`, `purpose`, `binding`) must be named, and what you name must be in the token; ' +
      'with `token-mismatch` nothing is consumed.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'One per token. A retry with it, when the answer was lost, is answered the same until the token ends',
    schema: { type: 'string', maxLength: 255 },
  })
  @ApiResponse({ status: 200, description: 'Good, and consumed by this request', standardSchema: consumedSchema })
  @ApiProblem(400, {
    410: ['token-expired', 'token-used'],
    422: ['invalid-token', 'token-mismatch', 'idempotency-mismatch'],
    503: ['unavailable'],
  })
  async consume(
    @CallingTenant() { applicationId }: Tenant,
    @Body({ schema: consumeSchema }) body: ConsumeBody,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<ConsumedBody> {
    return consumedBody(await this.consumeToken.execute({ ...body, applicationId, idempotencyKey }));
  }
}
