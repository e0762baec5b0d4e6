import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../shared/domain-error.js';
import type { Log } from '../log/log.js';
import { problem, PROBLEM_TYPE, problemOf, type Problem } from './problem.js';

/** Turns everything thrown into problem+json. What is not expected becomes a 500 that tells nothing about itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getResponse<FastifyReply>(), this.toProblem(error, http.getRequest<FastifyRequest>().id));
  }

  private toProblem(error: unknown, requestId: string): Problem {
    if (error instanceof DomainError) return problemOf(error);
    const refused = ofFramework(error);
    if (refused) return refused;
    this.log.failure('http.unexpected-error', error, { requestId });
    return problem(500, 'internal', 'Something unexpected happened. It was logged.');
  }
}

export function sendProblem(reply: FastifyReply, body: Problem): void {
  reply.problem = body;
  if (typeof body.retryAfterSeconds === 'number')
    void reply.header('Retry-After', String(Math.ceil(body.retryAfterSeconds)));
  if (body.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="einmal"');
  // As a text it needs no serializer to be looked for.
  void reply.status(body.status).type(PROBLEM_TYPE).send(JSON.stringify(body));
}

/** What Fastify and Nest refuse before a controller sees it. Their own messages quote the request, so ours stand instead. */
const FRAMEWORK_REFUSALS: Record<number, string> = {
  400: 'The body is not complete, valid JSON, or has keys that are not allowed.',
  404: 'There is nothing at this path.',
  413: 'The body is larger than 16 KiB.',
  415: 'Send the body as Content-Type: application/json.',
};

function ofFramework(error: unknown): Problem | null {
  const status = statusOf(error);
  if (status < 400 || status > 499) return null;
  const detail = FRAMEWORK_REFUSALS[status] ?? 'The request is not one that can be answered.';
  return problem(status, status === 404 ? 'not-found' : 'invalid-request', detail);
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
}
