import type { FastifyInstance } from 'fastify';
import { observe, observed } from '../../shared/observations.js';

declare module 'fastify' {
  interface FastifyReply {
    /** The stable code of the refusal that was answered; empty when it was none. */
    problemCode: string;
  }
}

/** What is at no route of ours has one name, whatever its path: a scanner must not make a series of each path it tries. */
const NO_ROUTE = 'unknown';

/** Tells of every answer: its route's template, never its path, which holds ids. */
export function tellAnswers(instance: FastifyInstance): void {
  instance.decorateReply('problemCode', '');
  instance.addHook('onResponse', (request, reply, done) => {
    if (observed())
      observe({
        kind: 'request-answered',
        method: request.method,
        route: request.routeOptions.url ?? NO_ROUTE,
        status: reply.statusCode,
        problem: reply.problemCode,
        seconds: reply.elapsedTime / 1_000,
      });
    done();
  });
}
