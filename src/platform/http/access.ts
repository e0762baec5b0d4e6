import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/**
 * Who may call a route: anybody, or a key that has one of these scopes. One piece of metadata for both, so that a route can
 * not say two things; what stands on the handler holds over what stands on its class. A route that says nothing is refused.
 */
export const Access = Reflector.createDecorator<'public' | string[]>();

/** What a route says; undefined when it says nothing. */
export const accessTo = (reflector: Reflector, route: ExecutionContext): 'public' | string[] | undefined =>
  reflector.getAllAndOverride(Access, [route.getHandler(), route.getClass()]);
