import type { FastifyRequest } from 'fastify';
import type { ConsumedToken } from './api.js';
import type { Einmal } from './client.js';
import { decideApproval, type Requirement } from './guards/require-approval.js';

export type { Requirement } from './guards/require-approval.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What `requireApproval` let in. */
    approval?: ConsumedToken;
  }
}

interface Reply {
  code(status: number): unknown;
  headers(headers: Record<string, string>): unknown;
  send(body: unknown): unknown;
}

/** A `preHandler` for the routes that need a fresh approval. The route finds it as `request.approval`. */
export function requireApproval(
  einmal: Pick<Einmal, 'consumeToken'>,
  requirement: Requirement<FastifyRequest>,
): (request: FastifyRequest, reply: Reply) => Promise<void> {
  return async (request, reply) => {
    const decision = await decideApproval(einmal, requirement, request);
    if ('approval' in decision) {
      request.approval = decision.approval;
      return;
    }
    const { status, headers, problem } = decision.refusal;
    reply.code(status);
    reply.headers(headers);
    // Fastify goes no further once a hook has sent something.
    reply.send(problem);
  };
}
