import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { PreviewTexts } from '../application/preview/preview-texts.js';
import { previewOrderSchema, previewSchema, type PreviewBody, type PreviewOrderBody } from './preview.schema.js';

/** What an application's messages would say, for its own administrators. */
@ApiTags('settings')
@Controller('v1/admin/templates')
@Needs('admin')
export class PreviewController {
  constructor(private readonly previewTexts: PreviewTexts) {}

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'previewTexts',
    summary: 'See what messages would say',
    description:
      'In each locale and over each channel: the words, with typical values and with the longest ones, how a text message is ' +
      'encoded and charged, and which language it is really in. Nothing is sent, and the code is nobody’s.',
  })
  @ApiResponse({ status: 200, description: 'By locale, then by channel', standardSchema: previewSchema })
  @ApiProblem(400, 503, { 422: ['unknown-template', 'template-needs-purpose', 'link-in-text'] })
  preview(
    @CallingTenant() { applicationId }: Tenant,
    @Body({ schema: previewOrderSchema }) body: PreviewOrderBody,
  ): Promise<PreviewBody> {
    return this.previewTexts.execute(applicationId, body);
  }
}
