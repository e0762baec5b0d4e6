import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalidRequest } from '../../shared/refusals.js';

/** The `Idempotency-Key` header: 1 to 255 visible ASCII characters, or null where it is absent (IETF httpapi draft). */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null =>
  idempotencyKeyOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** @throws 400 `invalid-request` */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalidRequest('Idempotency-Key: must be one value of 1 to 255 visible ASCII characters.');
  return key;
}
