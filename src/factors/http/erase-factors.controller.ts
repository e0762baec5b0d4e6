import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { EraseFactors } from '../application/erase-factors.js';
import { ofSubjectSchema, type OfSubjectBody } from './factor.schema.js';

const erasedSchema = z
  .strictObject({ factors: z.int().meta({ description: 'So many there were' }) })
  .meta({ id: 'ErasedFactors' });

/** For a person who leaves, or who has lost everything and is to begin anew. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('admin')
export class EraseFactorsController {
  constructor(private readonly eraseFactors: EraseFactors) {}

  @Tells('authz_admin')
  @Post('erase')
  @HttpCode(200)
  @ApiOperation({ operationId: 'eraseFactors', summary: 'Remove everything that a subject has enrolled' })
  @ApiResponse({ status: 200, description: 'They are gone', standardSchema: erasedSchema })
  @ApiProblem(400, 503)
  async erase(
    @CallingTenant() caller: Tenant,
    @Body({ schema: ofSubjectSchema }) { subject }: OfSubjectBody,
  ): Promise<{ factors: number }> {
    return { factors: await this.eraseFactors.execute(caller, subject) };
  }
}
