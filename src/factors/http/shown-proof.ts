import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Tenant } from '../../applications/caller.js';
import { idempotencyKeyOf } from '../../platform/http/idempotency-key.js';
import type { ChangeRequest } from '../application/changer.js';
import { CHANGE_PURPOSE } from '../domain/enrolment.js';

/** What came along to show that a change may be made. */
export type ShownProof = Pick<ChangeRequest, 'approvalToken' | 'idempotencyKey'>;

/** Gives the handler the `Approval-Token` of the request, and its Idempotency-Key. */
export const Proof = createParamDecorator((_: unknown, context: ExecutionContext): ShownProof => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { 'approval-token': token = null } = request.headers;
  return { approvalToken: Array.isArray(token) ? token.join() : token, idempotencyKey: idempotencyKeyOf(request) };
});

/** Documents both headers. */
export const ApiProof = () =>
  applyDecorators(
    ApiHeader({
      name: 'Approval-Token',
      required: false,
      description:
        `Where the subject has a factor: the token of an approval with \`purpose\` \`${CHANGE_PURPOSE}\`, by a code of one of its ` +
        'factors. This call consumes it. A key of scope `admin` needs none',
      schema: { type: 'string' },
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'One per token. With it, the token is good for a retry of this call when the answer was lost',
      schema: { type: 'string', maxLength: 255 },
    }),
  );

const NONE: ShownProof = { approvalToken: null, idempotencyKey: null };

/** @param proof absent: for what takes none. */
export const changeRequest = ({ applicationId, keyId, scopes }: Tenant, proof = NONE): ChangeRequest => ({
  ...{ applicationId, keyId, administrator: scopes.includes('admin'), ...proof },
});
