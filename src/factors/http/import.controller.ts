import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { ImportFactors, type ImportOutcome } from '../application/import-factors.js';
import { importedSchema, importSchema, type ImportBody } from './import.schema.js';

/** For a team that moves here with people who have authenticators already. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('admin')
export class ImportController {
  constructor(private readonly importFactors: ImportFactors) {}

  @Tells('authz_admin')
  @Post('import')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'importFactors',
    summary: 'Take over authenticators that were enrolled elsewhere',
    description:
      'Up to 50, as many as 16 KiB hold. They can be used at once. One that can not be taken over is told in its place and stops ' +
      'no other. May be repeated: what a subject has already is not there twice.',
  })
  @ApiResponse({ status: 200, description: 'What became of each', standardSchema: importedSchema })
  @ApiProblem(400, 503)
  async import(
    @CallingTenant() caller: Tenant,
    @Body({ schema: importSchema }) { factors }: ImportBody,
  ): Promise<{ results: ImportOutcome[] }> {
    return { results: await this.importFactors.execute(caller, factors) };
  }
}
