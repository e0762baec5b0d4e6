import type { PipeTransform } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';

/** An id that can not be one of ours is as unknown as any other: 404, before anything is asked. */
export class IdPipe implements PipeTransform<string, string> {
  /** @param what is told not to be there: `rule`. */
  constructor(private readonly what: string) {}

  transform(id: string): string {
    if (!/^[\w-]{1,64}$/.test(id)) throw notFound(this.what);
    return id;
  }
}
