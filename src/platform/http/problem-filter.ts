import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../shared/domain-error.js';
import type { Log } from '../log/log.js';
import { problem, problemOf, type Problem } from './problem.js';

/** Turns everything thrown into problem+json. What is not expected becomes a 500 that tells nothing about itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), this.toProblem(error));
  }

  private toProblem(error: unknown): Problem {
    if (error instanceof DomainError) return problemOf(error);
    if (error instanceof ThrottlerException)
      return problem(429, 'rate-limited', 'Too many requests from this address. Slow down and try again.');
    const known = fromFastify(error);
    if (known) return known;
    if (error instanceof HttpException) return problem(error.getStatus(), codeOf(error.getStatus()), error.message);
    this.log.failure('http.unexpected-error', error);
    return problem(500, 'internal', 'Something unexpected happened. It was logged.');
  }
}

export function sendProblem(reply: FastifyReply, body: Problem): void {
  if (typeof body.retryAfterSeconds === 'number')
    void reply.header('Retry-After', String(Math.ceil(body.retryAfterSeconds)));
  if (body.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="einmal"');
  void reply.status(body.status).type('application/problem+json; charset=utf-8').send(body);
}

/** What Fastify itself refuses before a controller sees it. Its own messages may quote input, so ours stand instead. */
function fromFastify(error: unknown): Problem | null {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return problem(413, 'invalid-request', 'The body is larger than 16 KiB.');
  if (status === 415) return problem(415, 'invalid-request', 'Send the body as Content-Type: application/json.');
  if (status === 400)
    return problem(400, 'invalid-request', 'The body is not valid JSON, or has keys that are not allowed.');
  return null;
}

function codeOf(status: number): string {
  if (status === 404) return 'not-found';
  return status < 500 ? 'invalid-request' : 'unavailable';
}
