import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { CancelVerification } from '../application/cancel-verification.js';
import { ReadVerification } from '../application/read/read-verification.js';
import { ResendCode } from '../application/send/resend-code.js';
import { SearchVerifications } from '../application/read/search-verifications.js';
import { cancelSchema, resendSchema, type CancelBody, type ResendBody } from './check.schema.js';
import { ApiVerificationId, VerificationIdPipe } from './verification-id.pipe.js';
import { requesterOf } from './requester-of.js';
import * as schemas from './verification.schema.js';
import { foundBody, historyBody, verificationBody } from './views.js';

/** Codes of a verification that has ended. */
const OVER = ['expired', 'canceled', 'already-approved'];

@ApiTags('verifications')
@Controller('v1/verifications')
export class VerificationsController {
  constructor(
    private readonly resendCode: ResendCode,
    private readonly cancelVerification: CancelVerification,
    private readonly readVerification: ReadVerification,
    private readonly searchVerifications: SearchVerifications,
  ) {}

  @Post(':id/resend')
  @Needs('verify')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'resendCode',
    summary: 'Send another code, on the same or another channel',
    description:
      'From `resendAt` on, and at most five messages in all. Codes sent before stay right; attempts do not grow.',
  })
  @ApiBody({ required: false })
  @ApiVerificationId()
  @ApiResponse({ status: 202, description: 'It will be sent', standardSchema: schemas.verificationSchema })
  @ApiProblem(400, 404, 503, {
    410: OVER,
    422: ['no-channel', 'recipient-refused', 'no-price'],
    429: ['cooldown', 'rate-limited', 'attempts-used-up'],
  })
  async resend(
    @CallingTenant() { applicationId, keyId }: Tenant,
    @Param('id', VerificationIdPipe) id: string,
    @Body({ schema: resendSchema }) body: ResendBody,
  ): Promise<schemas.VerificationBody> {
    const requester = requesterOf(keyId, body);
    await this.resendCode.execute({ applicationId, id, channel: body?.channel, requester });
    return verificationBody(await this.readVerification.execute(applicationId, id));
  }

  @Post(':id/cancel')
  @Needs('verify')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'cancelVerification',
    summary: 'Cancel: nothing more is sent, no code is right any more',
  })
  @ApiBody({ required: false })
  @ApiVerificationId()
  @ApiResponse({
    status: 200,
    description: 'It is canceled, now or before',
    standardSchema: schemas.verificationSchema,
  })
  @ApiProblem(400, 404, 503, { 410: ['expired', 'already-approved'], 429: ['attempts-used-up'] })
  async cancel(
    @CallingTenant() { applicationId }: Tenant,
    @Body({ schema: cancelSchema }) _nothing: CancelBody,
    @Param('id', VerificationIdPipe) id: string,
  ): Promise<schemas.VerificationBody> {
    await this.cancelVerification.execute(applicationId, id);
    return verificationBody(await this.readVerification.execute(applicationId, id));
  }

  @Get(':id')
  @Needs('read', 'verify')
  @ApiOperation({
    operationId: 'readVerification',
    summary: 'Read a verification with its timeline: why the code arrived, or did not',
    description: 'Also long after its end, for 30 days; what is personal in it is gone after 7.',
  })
  @ApiVerificationId()
  @ApiResponse({ status: 200, description: 'All that is known of it', standardSchema: schemas.historySchema })
  @ApiProblem(404, 503)
  async read(
    @CallingTenant() { applicationId }: Tenant,
    @Param('id', VerificationIdPipe) id: string,
  ): Promise<schemas.HistoryBody> {
    return historyBody(await this.readVerification.execute(applicationId, id));
  }

  @Post('search')
  @Needs('read')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'searchVerifications',
    summary: 'Find verifications by recipient, status and time; newest first',
  })
  @ApiResponse({ status: 200, description: 'One page', standardSchema: schemas.foundSchema })
  @ApiProblem(400, 503)
  async search(
    @CallingTenant() { applicationId }: Tenant,
    @Body({ schema: schemas.searchSchema }) body: schemas.SearchBody,
  ): Promise<schemas.FoundBody> {
    return foundBody(await this.searchVerifications.execute(applicationId, body));
  }
}
