import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { EraseRecipient } from '../application/keep/erase-recipient.js';
import { ExportRecipient } from '../application/read/export-recipient.js';
import { UnlockRecipient } from '../application/keep/unlock-recipient.js';
import { recipientSchema } from './start.schema.js';
import { exportedSchema, type ExportedBody } from './verification.schema.js';
import { exportedBody } from './views.js';

const requestSchema = z.strictObject({ to: recipientSchema }).meta({ id: 'RecipientRequest' });
type RequestBody = z.output<typeof requestSchema>;

const erasedSchema = z.object({ erased: z.int() }).meta({ id: 'ErasedRecipient' });
const exportSchema = z.object({ verifications: z.array(exportedSchema) }).meta({ id: 'RecipientExport' });

/** A person's data, within the caller's application; an operator reaches every application. */
@ApiTags('recipients')
@Controller('v1/admin/recipients')
@Needs('admin', 'operator')
export class RecipientsController {
  constructor(
    private readonly eraseRecipient: EraseRecipient,
    private readonly exportRecipient: ExportRecipient,
    private readonly unlockRecipient: UnlockRecipient,
  ) {}

  @Tells('authz_admin')
  @Post('erase')
  @HttpCode(200)
  @ApiOperation({ operationId: 'eraseRecipient', summary: 'Delete every verification of a recipient' })
  @ApiResponse({ status: 200, description: 'They are gone', standardSchema: erasedSchema })
  @ApiProblem(400, 503)
  async erase(
    @Caller() caller: Principal,
    @Body({ schema: requestSchema }) { to }: RequestBody,
  ): Promise<{ erased: number }> {
    return { erased: await this.eraseRecipient.execute(caller, to) };
  }

  @Tells('authz_admin')
  @Post('export')
  @HttpCode(200)
  @ApiOperation({ operationId: 'exportRecipient', summary: 'Everything held about a recipient' })
  @ApiResponse({ status: 200, description: 'Newest first, at most 1,000', standardSchema: exportSchema })
  @ApiProblem(400, 503)
  async export(
    @Caller() { applicationId }: Principal,
    @Body({ schema: requestSchema }) { to }: RequestBody,
  ): Promise<{ verifications: ExportedBody[] }> {
    return { verifications: (await this.exportRecipient.execute(applicationId, to)).map(exportedBody) };
  }

  @Tells('authz_admin')
  @Post('unlock')
  @Needs('admin')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'unlockRecipient',
    summary: 'Let a recipient try again whose failure budget is used up',
  })
  @ApiResponse({ status: 204, description: 'It may try again' })
  @ApiProblem(400, 503)
  async unlock(@CallingTenant() caller: Tenant, @Body({ schema: requestSchema }) { to }: RequestBody): Promise<void> {
    await this.unlockRecipient.execute(caller, to);
  }
}
