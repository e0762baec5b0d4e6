import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { Tells } from '../../platform/http/security-events.js';
import { label } from '../../platform/http/text-fields.js';
import { EraseSubject } from '../application/keep/erase-subject.js';

const requestSchema = z
  .strictObject({ subject: label(200).meta({ description: 'Your name for the person', example: 'user-4711' }) })
  .meta({ id: 'SubjectErasure' });
type RequestBody = z.output<typeof requestSchema>;

const erasedSchema = z
  .strictObject({ factors: z.int().meta({ description: 'So many there were' }) })
  .meta({ id: 'ErasedFactors' });

/** For a person who leaves, or who has lost everything and is to begin anew. Here, since verifications say the subject as well. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('admin')
export class EraseFactorsController {
  constructor(private readonly eraseSubject: EraseSubject) {}

  @Tells('authz_admin')
  @Post('erase')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'eraseFactors',
    summary: 'Remove everything that a subject has enrolled, and its name',
    description:
      'The name goes from the events of its factors, and with the metadata from its verifications without a phone or an e-mail ' +
      'address; those that have one are erased with that. A pending one is canceled. What an endpoint is still owed of ' +
      'factors says the name until it was told, for four days at most; what it is owed of those verifications does not say it.',
  })
  @ApiResponse({ status: 200, description: 'They are gone', standardSchema: erasedSchema })
  @ApiProblem(400, 503)
  async erase(
    @CallingTenant() caller: Tenant,
    @Body({ schema: requestSchema }) { subject }: RequestBody,
  ): Promise<{ factors: number }> {
    return { factors: await this.eraseSubject.execute(caller, subject) };
  }
}
