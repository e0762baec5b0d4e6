import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  getOptionsToken,
  getStorageToken,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { callerAtEdge } from './caller-at-edge.js';
import { edgeRefusal } from './edge-refusal.js';
import { LoginFailures } from './login-failures.js';

/** The throttler's guard, counting an address and a key over all routes together and refusing in the words of this service. */
@Injectable()
export class EdgeThrottleGuard extends ThrottlerGuard {
  constructor(
    @Inject(getOptionsToken()) options: ThrottlerModuleOptions,
    @Inject(getStorageToken()) storage: ThrottlerStorage,
    reflector: Reflector,
    private readonly failures: LoginFailures,
  ) {
    super(options, storage, reflector);
  }

  /** Guessers first: a key that may be any of millions must not make a counter of its own each time. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.callerAtEdge = callerAtEdge(request, await this.getTracker(request));
    this.failures.refuseGuessing(request.callerAtEdge);
    return super.canActivate(context);
  }

  protected override generateKey(_context: ExecutionContext, name: string): string {
    return name;
  }

  protected override throwThrottlingException(
    _context: ExecutionContext,
    { tracker, limit, ttl, timeToBlockExpire }: ThrottlerLimitDetail,
  ): never {
    const by = tracker.includes('key:') ? 'key' : 'address';
    throw edgeRefusal(by, { max: limit, windowSeconds: ttl / 1_000 }, timeToBlockExpire);
  }
}
