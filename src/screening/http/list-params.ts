import { Param } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { IdPipe } from '../../platform/http/id-pipe.js';
import { LIST_NAMES } from '../domain/owner-lists.js';

/** Gives the handler the path's `:entryId`. */
export const EntryId = () => Param('entryId', new IdPipe('entry'));

export const ApiNamedList = () =>
  ApiParam({ name: 'list', enum: LIST_NAMES, description: 'Whom to refuse, or whom to trust' });

export const ApiEntryId = () =>
  ApiParam({ name: 'entryId', description: 'Id of the entry', example: 'ent_W1Yp8vXyS0mUu3d2Zb6qkw' });
