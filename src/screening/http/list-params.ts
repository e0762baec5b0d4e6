import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { notFound } from '../../shared/refusals.js';
import { LIST_NAMES, type ListName } from '../domain/owner-lists.js';

/** @throws 404: a list there is not is as unknown as any other path. */
export function listNamed(text: string): ListName {
  const name = LIST_NAMES.find((known) => known === text);
  if (!name) throw notFound('list');
  return name;
}

/** An id that can not be one of ours is as unknown as any other, before anything is asked. */
class EntryIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!/^[\w-]{1,64}$/.test(id)) throw notFound('entry');
    return id;
  }
}

/** Gives the handler the path's `:list`; a plain text, because a type of ours would be told as none in the API document. */
export const NamedList = () => Param('list');

/** Gives the handler the path's `:entryId`. */
export const EntryId = () => Param('entryId', new EntryIdPipe());

export const ApiNamedList = () =>
  ApiParam({ name: 'list', enum: LIST_NAMES, description: 'Whom to refuse, or whom to trust' });

export const ApiEntryId = () =>
  ApiParam({ name: 'entryId', description: 'Id of the entry', example: 'ent_W1Yp8vXyS0mUu3d2Zb6qkw' });
