import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';
import { forbidden, unauthorized } from './refusals.js';

/** A request the guard has let through. */
export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
}

/** A caller with a key of an application: what it asks for and changes belongs to that one. */
export interface Tenant extends Principal {
  applicationId: string;
}

/** Gives the handler its {@link Principal}. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => principalOf(context));

/** Gives the handler its {@link Tenant}; refuses an operator, even if the route's scopes let one pass. */
export const CallingTenant = createParamDecorator((_: unknown, context: ExecutionContext): Tenant => {
  const principal = principalOf(context);
  if (!isTenant(principal)) throw forbidden();
  return principal;
});

const isTenant = (principal: Principal): principal is Tenant => principal.applicationId !== null;

function principalOf(context: ExecutionContext): Principal {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw unauthorized();
  return principal;
}
