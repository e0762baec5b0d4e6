import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { CancelVerification } from '../application/cancel-verification.js';
import { ReadVerification } from '../application/read-verification.js';
import { ResendCode } from '../application/resend-code.js';
import { SearchVerifications } from '../application/search-verifications.js';
import { resendSchema, type ResendBody } from './check.schema.js';
import { VerificationIdPipe } from './verification-id.pipe.js';
import * as schemas from './verification.schema.js';
import { foundBody, historyBody, verificationBody } from './views.js';

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
  @ApiOperation({ summary: 'Send another code, on the same or another channel' })
  @ApiBody({ required: false })
  @ApiResponse({ status: 202, standardSchema: schemas.verificationSchema })
  @ApiProblem(400, 404, 410, 422, 429, 503)
  async resend(
    @CallingTenant() { applicationId }: Tenant,
    @Param('id', VerificationIdPipe) id: string,
    @Body({ schema: resendSchema }) body: ResendBody,
  ): Promise<schemas.VerificationBody> {
    await this.resendCode.execute({ applicationId, id, channel: body?.channel });
    return verificationBody(await this.readVerification.execute(applicationId, id));
  }

  @Post(':id/cancel')
  @Needs('verify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel: nothing more is sent, no code is right any more' })
  @ApiResponse({ status: 200, standardSchema: schemas.verificationSchema })
  @ApiProblem(404, 410, 429, 503)
  async cancel(
    @CallingTenant() { applicationId }: Tenant,
    @Param('id', VerificationIdPipe) id: string,
  ): Promise<schemas.VerificationBody> {
    await this.cancelVerification.execute(applicationId, id);
    return verificationBody(await this.readVerification.execute(applicationId, id));
  }

  @Get(':id')
  @Needs('read', 'verify')
  @ApiOperation({ summary: 'Read a verification with its timeline: why the code arrived, or did not' })
  @ApiResponse({ status: 200, standardSchema: schemas.historySchema })
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
  @ApiOperation({ summary: 'Find verifications by recipient, status and time; newest first' })
  @ApiResponse({ status: 200, standardSchema: schemas.foundSchema })
  @ApiProblem(400, 503)
  async search(
    @CallingTenant() { applicationId }: Tenant,
    @Body({ schema: schemas.searchSchema }) body: schemas.SearchBody,
  ): Promise<schemas.FoundBody> {
    return foundBody(await this.searchVerifications.execute(applicationId, body));
  }
}
