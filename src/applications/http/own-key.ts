import { Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { z } from 'zod';
import type { Principal } from '../principal.js';
import { ownKey } from '../refusals.js';

const selfSchema = z.strictObject({ self: z.enum(['true']).optional() });
export type Self = z.output<typeof selfSchema>;

/** Gives the handler the query's `self`, for {@link refuseOwnKey}. */
export const SelfToo = () => Query({ schema: selfSchema });

export const ApiSelf = () =>
  ApiQuery({
    name: 'self',
    required: false,
    description: '`true` revokes even the key that is calling',
    schema: { type: 'string', enum: ['true'] },
  });

/** A slip with the wrong id would lock its owner out. @throws 409 `own-key` */
export function refuseOwnKey(keyId: string, caller: Principal, { self }: Self): void {
  if (keyId === caller.keyId && self !== 'true') throw ownKey();
}
