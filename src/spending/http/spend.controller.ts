import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApplicationSettings } from '../../applications/application-settings.js';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { ApiApplicationId, ApplicationId } from '../../applications/http/ids.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ReadSpend } from '../application/read-spend.js';
import { spendBody, spendSchema, type SpendBody } from './spend.schema.js';

/** What an application's messages cost, and what they may. */
@ApiTags('money')
@Controller('v1/admin')
export class SpendController {
  constructor(
    private readonly readSpend: ReadSpend,
    private readonly settings: ApplicationSettings,
  ) {}

  @Get('spend')
  @Needs('admin')
  @ApiOperation({ operationId: 'readSpend', summary: 'What your messages cost' })
  @ApiResponse({ status: 200, description: 'As the ledger has it', standardSchema: spendSchema })
  @ApiProblem(503)
  own(@CallingTenant() { applicationId }: Tenant): Promise<SpendBody> {
    return this.of(applicationId);
  }

  @Get('applications/:id/spend')
  @Needs('operator')
  @ApiOperation({ operationId: 'readApplicationSpend', summary: "What an application's messages cost" })
  @ApiResponse({ status: 200, description: 'As the ledger has it', standardSchema: spendSchema })
  @ApiProblem(404, 503)
  @ApiApplicationId()
  async of(@ApplicationId() id: string): Promise<SpendBody> {
    const { spend } = await this.settings.effective(id);
    return spendBody(await this.readSpend.execute(id, spend));
  }
}
