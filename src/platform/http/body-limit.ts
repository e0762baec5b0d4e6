import type { FastifyInstance } from 'fastify';

/**
 * Lets routes take more than the service's bound. To be called before the routes are there.
 *
 * @param most bytes, by the route as it is written, with its parameters.
 */
export function allowLargerBodies(instance: FastifyInstance, most: Readonly<Record<string, number>>): void {
  instance.addHook('onRoute', (route) => {
    const bytes = Object.hasOwn(most, route.url) ? most[route.url] : undefined;
    if (bytes !== undefined) route.bodyLimit = bytes;
  });
}
