import { Injectable, type PipeTransform } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';
import { verificationIdSchema } from './check.schema.js';

/** An id that can not be one of ours is as unknown as any other: 404, before anything is asked. */
@Injectable()
export class VerificationIdPipe implements PipeTransform<unknown, string> {
  transform(id: unknown): string {
    const parsed = verificationIdSchema.safeParse(id);
    if (!parsed.success) throw notFound('verification');
    return parsed.data;
  }
}
