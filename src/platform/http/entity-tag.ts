import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { changedMeanwhile, invalidRequest, preconditionRequired } from '../../shared/refusals.js';

/** Something that changes by being saved over its last version. */
interface Versioned {
  version: number;
}

/**
 * Tells which version an answer is, for the change that is made from it (RFC 9110 8.8.3).
 *
 * @returns what it was given.
 */
export function withEntityTag<Value extends Versioned>(reply: FastifyReply, value: Value): Value {
  void reply.header('ETag', `"${String(value.version)}"`);
  return value;
}

/**
 * The version that the caller's change was made from: `If-Match: "3"` (RFC 9110 13.1.1). It must be named, so that nobody undoes
 * another's change unseen.
 *
 * @throws 428 `precondition-required` without it; 400 `invalid-request` for a bare number; 412 `version-mismatch` for what no version of ours looks like.
 */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const said = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (said === undefined) throw preconditionRequired();
  const [, version] = /^\s*"(\d{1,9})"\s*$/.exec(said) ?? [];
  if (version === undefined) throw /^\s*\d+\s*$/.test(said) ? unquotedTag(said.trim()) : changedMeanwhile();
  return Number(version);
});

const unquotedTag = (version: string) =>
  invalidRequest(`If-Match: an ETag stands in double quotes, If-Match: "${version.slice(0, 9)}"`);

export const ApiIfMatch = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'The ETag it was read with',
      schema: { type: 'string' },
    }),
  );
