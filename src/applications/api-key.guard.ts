import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { accessTo } from '../platform/http/access.js';
import type { AuthenticatedRequest } from './caller.js';
import type { Principal } from './principal.js';
import { Principals } from './principals.js';
import { applicationDisabled, forbidden, unauthorized } from './refusals.js';

/** Stands before every route. What carries no `@Needs` and no `@Public` is refused: forgetting one must not open a door. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly principals: Principals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessTo(this.reflector, context) ?? [];
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const secret = bearerOf(request.headers.authorization);
    const known = secret === null ? null : await this.principals.find(secret);
    if (!known) throw unauthorized();
    const { principal, disabled } = known;
    request.callerId = principal.keyId;
    if (disabled) throw applicationDisabled();
    if (!mayCall(principal, access)) throw forbidden();
    request.principal = principal;
    return true;
  }
}

const SCHEME = 'bearer ';

/** What stands behind `Bearer ` (RFC 6750), whatever it is; the scheme's case does not matter (RFC 9110 11.1). */
function bearerOf(header = ''): string | null {
  return header.slice(0, SCHEME.length).toLowerCase() === SCHEME ? header.slice(SCHEME.length) : null;
}

/** An operator's key has no application: it passes where `operator` is asked for and nowhere else, whatever its scopes say. */
function mayCall(principal: Principal, anyOf: string[]): boolean {
  const isOperator = principal.applicationId === null;
  return anyOf.some(
    (scope) => principal.scopes.some((held) => held === scope) && (scope === 'operator') === isOperator,
  );
}
