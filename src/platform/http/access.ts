import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/**
 * Who may call a route: anybody, or a key that has one of these scopes. One piece of metadata for both, so that a route can
 * not say two things; what stands on the handler holds over what stands on its class. A route that says nothing is refused.
 */
export const Access = Reflector.createDecorator<'public' | string[]>();

const known = new WeakMap<object, string[] | 'public' | undefined>();

/** What a route says; undefined when it says nothing. It says so once and for all, so each route is asked once. */
export function accessTo(reflector: Reflector, route: ExecutionContext): 'public' | string[] | undefined {
  const handler = route.getHandler();
  if (!known.has(handler)) known.set(handler, reflector.getAllAndOverride(Access, [handler, route.getClass()]));
  return known.get(handler);
}
