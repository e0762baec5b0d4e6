import { Injectable, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { notFound } from '../../shared/refusals.js';
import { verificationIdSchema } from './check.schema.js';

/** How the path's `:id` is documented. */
export const ApiVerificationId = () =>
  ApiParam({ name: 'id', description: 'What the start gave as `id`', example: 'ver_UFjgS9m_9TfGdsyKeXhRew' });

/** An id that can not be one of ours is as unknown as any other: 404, before anything is asked. */
@Injectable()
export class VerificationIdPipe implements PipeTransform<unknown, string> {
  transform(id: unknown): string {
    const parsed = verificationIdSchema.safeParse(id);
    if (!parsed.success) throw notFound('verification');
    return parsed.data;
  }
}
