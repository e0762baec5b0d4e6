import { Param } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { IdPipe } from './id-pipe.js';

/** Gives the handler the path's `:id`. */
export const FactorId = () => Param('id', new IdPipe('factor'));

/** How it is documented. */
export const ApiFactorId = () =>
  ApiParam({ name: 'id', description: 'Id of the factor', example: 'fac_W1Yp8vXyS0mUu3d2Zb6qkw' });
