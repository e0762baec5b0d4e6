import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { RecipientRights } from '../application/recipient-rights.js';
import { recipientSchema } from './start.schema.js';
import { historySchema, type HistoryBody } from './verification.schema.js';
import { historyBody } from './views.js';

const requestSchema = z.strictObject({ to: recipientSchema }).meta({ id: 'RecipientRequest' });
type RequestBody = z.output<typeof requestSchema>;

const erasedSchema = z.object({ erased: z.int() }).meta({ id: 'ErasedRecipient' });
const exportSchema = z.object({ verifications: z.array(historySchema) }).meta({ id: 'RecipientExport' });

/** A person's data, within the caller's application; an operator reaches every application. */
@ApiTags('recipients')
@Controller('v1/admin/recipients')
@Needs('admin', 'operator')
export class RecipientsController {
  constructor(private readonly rights: RecipientRights) {}

  @Post('erase')
  @HttpCode(200)
  @ApiOperation({ summary: 'Delete every verification of a recipient' })
  @ApiResponse({ status: 200, standardSchema: erasedSchema })
  @ApiProblem(400, 503)
  async erase(
    @Caller() { applicationId }: Principal,
    @Body({ schema: requestSchema }) { to }: RequestBody,
  ): Promise<{ erased: number }> {
    return { erased: await this.rights.erase(applicationId, to) };
  }

  @Post('export')
  @HttpCode(200)
  @ApiOperation({ summary: 'Everything held about a recipient' })
  @ApiResponse({ status: 200, standardSchema: exportSchema })
  @ApiProblem(400, 503)
  async export(
    @Caller() { applicationId }: Principal,
    @Body({ schema: requestSchema }) { to }: RequestBody,
  ): Promise<{ verifications: HistoryBody[] }> {
    return { verifications: (await this.rights.export(applicationId, to)).map(historyBody) };
  }
}
