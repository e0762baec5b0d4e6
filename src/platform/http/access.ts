import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/**
 * Who may call a route: anybody, or a key that has one of these scopes. One piece of metadata for both, so that a route can
 * not say two things; what stands on the handler holds over what stands on its class. A route that says nothing is refused.
 */
export const Access = Reflector.createDecorator<'public' | string[]>();

const known = new WeakMap<object, string[] | 'public' | null>();

/** What a route says; null when it says nothing. It says so once and for all, so each route is asked once. */
export function accessTo(reflector: Reflector, route: ExecutionContext): 'public' | string[] | null {
  const handler = route.getHandler();
  let access = known.get(handler);
  if (access === undefined) {
    access = reflector.getAllAndOverride(Access, [handler, route.getClass()]) ?? null;
    known.set(handler, access);
  }
  return access;
}
