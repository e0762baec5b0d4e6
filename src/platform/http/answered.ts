import type { FastifyInstance } from 'fastify';
import { observe, observed } from '../../shared/observations.js';
import type { Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyReply {
    /** The refusal that was answered; null when it was none. */
    problem: Problem | null;
  }
}

/** What is at no route of ours has one name, whatever its path: a scanner must not make a series of each path it tries. */
const NO_ROUTE = 'unknown';

/** Tells of every answer: its route's template, never its path, which holds ids. */
export function tellAnswers(instance: FastifyInstance): void {
  instance.decorateReply('problem', null);
  instance.addHook('onResponse', (request, reply, done) => {
    if (observed())
      observe({
        kind: 'request-answered',
        method: request.method,
        route: request.routeOptions.url ?? NO_ROUTE,
        status: reply.statusCode,
        problem: reply.problem?.code ?? '',
        seconds: reply.elapsedTime / 1_000,
      });
    done();
  });
}
