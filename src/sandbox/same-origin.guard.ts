import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Runtime } from '../platform/runtime.js';
import { DomainError } from '../shared/domain-error.js';
import { refusalFor } from './same-origin.js';

const DETAIL = {
  'other-site': 'The sandbox answers its own page and clients outside browsers, not other sites.',
  'other-host': 'The sandbox does not know this host name. Use localhost or an address, or set PUBLIC_URL.',
};

/** Keeps other web sites away from the sandbox, which has no API key to ask for. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(private readonly runtime: Runtime) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const refusal = refusalFor(headers, this.runtime.publicUrl);
    if (refusal) throw new DomainError('forbidden', 'forbidden', DETAIL[refusal]);
    return true;
  }
}
