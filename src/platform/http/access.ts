import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/**
 * Who may call a route: anybody, or a key that has one of these scopes. One piece of metadata for both, so that a route can
 * not say two things; what stands on the handler holds over what stands on its class. A route that says nothing is refused.
 */
export const Access = Reflector.createDecorator<'public' | string[]>();

type Said = 'public' | string[] | undefined;

/** By class and then by handler: two classes that inherit one handler are two routes. */
const known = new WeakMap<object, WeakMap<object, { said: Said }>>();

/** What a route says; undefined when it says nothing. It says so once and for all, so each route is asked once. */
export function accessTo(reflector: Reflector, route: ExecutionContext): Said {
  const [controller, handler] = [route.getClass(), route.getHandler()];
  let handlers = known.get(controller);
  if (!handlers) known.set(controller, (handlers = new WeakMap()));
  let answer = handlers.get(handler);
  if (!answer) handlers.set(handler, (answer = { said: reflector.getAllAndOverride(Access, [handler, controller]) }));
  return answer.said;
}
