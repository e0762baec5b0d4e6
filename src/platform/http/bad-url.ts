import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problem.js';
import { sendProblem } from './problem-filter.js';
import { securityHeaders } from './security-headers.js';

const BAD_URL = problem(400, 'invalid-request', 'The URL is not valid.');
/** A part of the path that is longer than any id is as unknown as any other. */
const NO_ID_OF_OURS = problem(404, 'not-found', 'There is nothing at this path.');

/**
 * Answers a URL for which no route can be looked up. No hook sees such a request, so neither the throttle nor the bound on
 * pipelining counts it: its connection ends with it, and whatever was sent behind it has no answer.
 */
export function answerBadUrls(): (error: { code: string }, request: FastifyRequest, reply: FastifyReply) => void {
  const ending = new WeakSet();
  return ({ code }, request, reply) => {
    const { socket } = request.raw;
    if (ending.has(socket)) {
      socket.destroy();
      return;
    }
    ending.add(socket);
    void reply.headers(securityHeaders(request)).header('X-Request-Id', request.id).header('Connection', 'close');
    sendProblem(reply, code === 'FST_ERR_MAX_PARAM_LENGTH' ? NO_ID_OF_OURS : BAD_URL);
  };
}
