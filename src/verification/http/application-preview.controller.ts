import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiApplicationId, ApplicationId } from '../../applications/http/ids.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { PreviewTexts } from '../application/preview/preview-texts.js';
import { previewOrderSchema, previewSchema, type PreviewBody, type PreviewOrderBody } from './preview.schema.js';

/** What the messages of any application would say, for operators. */
@ApiTags('settings')
@ApiApplicationId()
@Controller('v1/admin/applications/:id/templates')
@Needs('operator')
export class ApplicationPreviewController {
  constructor(private readonly previewTexts: PreviewTexts) {}

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ operationId: 'previewApplicationTexts', summary: 'See what messages of an application would say' })
  @ApiResponse({ status: 200, description: 'By locale, then by channel', standardSchema: previewSchema })
  @ApiProblem(400, 404, 503, { 422: ['unknown-template', 'template-needs-purpose', 'link-in-text'] })
  preview(
    @ApplicationId() id: string,
    @Body({ schema: previewOrderSchema }) body: PreviewOrderBody,
  ): Promise<PreviewBody> {
    return this.previewTexts.execute(id, body);
  }
}
