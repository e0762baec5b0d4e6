import type { FastifyInstance } from 'fastify';

/**
 * Lets one route take more than the service's bound. To be called before the routes are there.
 *
 * @param url as the route is written, with its parameters: `/v1/reports/:providerId`.
 */
export function allowLargerBodies(instance: FastifyInstance, url: string, bytes: number): void {
  instance.addHook('onRoute', (route) => {
    if (route.url === url) route.bodyLimit = bytes;
  });
}
