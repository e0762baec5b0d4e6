import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallingTenant, type Tenant } from '../../applications/caller.js';
import { Needs } from '../../applications/needs.js';
import { ApiProblem } from '../../platform/http/api-problem.js';
import { ApiFactorId, FactorId } from '../../platform/http/factor-id.js';
import { Tells } from '../../platform/http/security-events.js';
import { UnlockFactor } from '../application/keep/unlock-factor.js';

/** Locks are limits', so that they are opened here and not where factors are kept. */
@ApiTags('factors')
@Controller('v1/factors')
@Needs('admin')
export class FactorLockController {
  constructor(private readonly unlockFactor: UnlockFactor) {}

  @Tells('authz_admin')
  @Post(':id/unlock')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'unlockFactor',
    summary: 'Let a factor be tried again that wrong codes have locked',
    description:
      'With an authenticator all of the subject’s are unlocked: they share one count. Backup codes have another.',
  })
  @ApiFactorId()
  @ApiResponse({ status: 204, description: 'It may be tried again' })
  @ApiProblem(404, 503)
  async unlock(@CallingTenant() caller: Tenant, @FactorId() id: string): Promise<void> {
    await this.unlockFactor.execute(caller, id);
  }
}
