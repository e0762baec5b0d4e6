import { Param, type PipeTransform } from '@nestjs/common';
import { notFound } from '../../shared/refusals.js';

/** An id that can not be one of ours is as unknown as any other: 404, before anything is asked. */
class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(id: string): string {
    if (!/^[\w-]{1,64}$/.test(id)) throw notFound(this.what);
    return id;
  }
}

/** Gives the handler the path's `:id`. */
export const ApplicationId = () => Param('id', new IdPipe('application'));

/** Gives the handler the path's `:keyId`. */
export const KeyId = () => Param('keyId', new IdPipe('key'));
