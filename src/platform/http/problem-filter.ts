import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../shared/domain-error.js';
import type { QuotaPolicy } from '../../shared/quota-policy.js';
import type { Log } from '../log/log.js';
import { endUserText } from './end-user/end-user-text.js';
import { languageOf } from './end-user/language-of.js';
import { problem, PROBLEM_TYPE, problemOf, type Problem } from './problem.js';
import { rateLimitFields } from './rate-limit-fields.js';

/** Turns everything thrown into problem+json. What is not expected becomes a 500 that tells nothing about itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const body = this.toProblem(error, request.id);
    const endUser = endUserText(body, languageOf(request));
    if (error instanceof DomainError) void reply.headers(rateLimitFields(quotasOf(error)));
    sendProblem(reply, endUser ? { ...body, endUser } : body);
  }

  private toProblem(error: unknown, requestId: string): Problem {
    if (error instanceof DomainError) return problemOf(error);
    const refused = ofFramework(error);
    if (refused) return refused;
    this.log.failure('http.unexpected-error', error, { requestId });
    return problem(500, 'internal', 'Something unexpected happened. It was logged.');
  }
}

/** Detectors have a name and no numbers. */
function quotasOf({
  quotas,
  extras: { violatedPolicies = [], retryAfterSeconds },
}: DomainError): readonly QuotaPolicy[] {
  if (quotas.length > 0) return quotas;
  return violatedPolicies.map((name) => ({ name, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }));
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
  413: 'The body is larger than what is taken here, 16 KiB for most paths.',
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
