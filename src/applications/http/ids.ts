import { Param } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { IdPipe } from '../../platform/http/id-pipe.js';

/** How the paths' ids are documented. */
export const ApiApplicationId = () =>
  ApiParam({ name: 'id', description: 'Id of the application', example: 'app_W1Yp8vXyS0mUu3d2Zb6qkw' });
export const ApiKeyId = () =>
  ApiParam({ name: 'keyId', description: 'Id of the key, never its secret', example: 'key_0d8Hq2nVRsW4mY1t6u3ZpA' });

/** Gives the handler the path's `:id`. */
export const ApplicationId = () => Param('id', new IdPipe('application'));

/** Gives the handler the path's `:keyId`. */
export const KeyId = () => Param('keyId', new IdPipe('key'));
