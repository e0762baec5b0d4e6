import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import { DomainError } from '../../../shared/domain-error.js';

/** The throttler's guard, counting an address over all routes together and refusing in the words of this service. */
@Injectable()
export class EdgeThrottleGuard extends ThrottlerGuard {
  protected override generateKey(_context: ExecutionContext, address: string): string {
    return address;
  }

  protected override throwThrottlingException(
    _context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): never {
    throw new DomainError('limited', 'rate-limited', 'Too many requests from this address. Slow down.', {
      retryAfterSeconds: timeToBlockExpire,
    });
  }
}
