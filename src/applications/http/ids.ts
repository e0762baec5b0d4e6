import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { notFound } from '../../shared/refusals.js';

/** An id that can not be one of ours is as unknown as any other: 404, before anything is asked. */
class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(id: string): string {
    if (!/^[\w-]{1,64}$/.test(id)) throw notFound(this.what);
    return id;
  }
}

/** How the paths' ids are documented. */
export const ApiApplicationId = () =>
  ApiParam({ name: 'id', description: 'Id of the application', example: 'app_W1Yp8vXyS0mUu3d2Zb6qkw' });
export const ApiKeyId = () =>
  ApiParam({ name: 'keyId', description: 'Id of the key, never its secret', example: 'key_0d8Hq2nVRsW4mY1t6u3ZpA' });

/** Gives the handler the path's `:id`. */
export const ApplicationId = () => Param('id', new IdPipe('application'));

/** Gives the handler the path's `:keyId`. */
export const KeyId = () => Param('keyId', new IdPipe('key'));
