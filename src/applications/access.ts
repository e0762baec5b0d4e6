import { Reflector } from '@nestjs/core';
import type { Scope } from './principal.js';

/**
 * Who may call a route: anybody, or a key that has one of these scopes. One piece of metadata for both, so that a route can
 * not say two things; what stands on the handler holds over what stands on its class. A route that says nothing is refused.
 */
export const Access = Reflector.createDecorator<'public' | Scope[]>();
