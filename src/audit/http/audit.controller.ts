import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import type { Principal } from '../../applications/principal.js';
import { Whose } from '../../applications/whose.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { pageOf, placeAfter } from '../../shared/page.js';
import { ReadAudit, type AuditHead, type ReadEntry } from '../read-audit.js';
import { auditHeadSchema, auditPageSchema, auditQuerySchema, type AuditQueryParameters } from './audit.schema.js';

/** What was done by whom: all of it for operators, what concerns their application for its administrators. */
@ApiTags('audit')
@Controller('v1/admin/audit')
@Needs('operator')
export class AuditController {
  constructor(
    private readonly audit: ReadAudit,
    private readonly whose: Whose,
  ) {}

  @Get()
  @Needs('admin', 'operator')
  @ApiOperation({ summary: 'Read the audit log' })
  @ApiResponse({ status: 200, description: 'A page, newest first', standardSchema: auditPageSchema })
  @ApiProblem(400, 404, 503)
  async readAudit(
    @Query({ schema: auditQuerySchema }) { cursor, limit, ...asked }: AuditQueryParameters,
    @Caller() caller: Principal,
  ): Promise<{ entries: ReadEntry[]; nextCursor?: string }> {
    const applicationId = await this.whose.of(caller, asked.applicationId);
    const [before] = cursor === undefined ? [] : placeAfter(cursor, /^(\d{1,15})$/).map(Number);
    const entries = await this.audit.find({ ...asked, applicationId, before, limit: limit + 1 });
    const { found, ...more } = pageOf(entries, limit, ({ seq }) => String(seq));
    return { entries: found, ...more };
  }

  @Get('head')
  @ApiOperation({
    summary: "Read the audit log's head",
    description: 'Note it outside now and then: `cli.js audit verify` proves that the log still leads to it.',
  })
  @ApiResponse({ status: 200, description: 'The last entry’s number and hash', standardSchema: auditHeadSchema })
  @ApiProblem(503)
  readAuditHead(): Promise<AuditHead> {
    return this.audit.head();
  }
}
