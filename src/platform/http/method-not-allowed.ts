import type { FastifyInstance } from 'fastify';
import { problem } from './problem.js';
import { sendProblem } from './problem-filter.js';

/** Answers 405 with `Allow` where the path exists under another method; Fastify itself only knows 404 (R58). */
export function answerWrongMethods(instance: FastifyInstance): void {
  const routes: { path: RegExp; method: string }[] = [];
  instance.addHook('onRoute', ({ url, method }) => {
    for (const name of [method].flat()) routes.push({ path: patternOf(url), method: name });
  });
  instance.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) {
      done();
      return;
    }
    const [path = ''] = request.url.split('?');
    const allowed = new Set(routes.filter((route) => route.path.test(path)).map(({ method }) => method));
    if (allowed.size === 0 || allowed.has(request.method)) {
      done();
      return;
    }
    void reply.header('Allow', [...allowed].join(', '));
    sendProblem(reply, problem(405, 'invalid-request', `Use ${[...allowed].join(' or ')} here.`));
  });
}

/** `/v1/verifications/:id` as a pattern; wildcard routes match nothing here, or every path would exist. */
function patternOf(url: string): RegExp {
  const escaped = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${escaped.join('/')}$`);
}
