import type { PipeTransform } from '@nestjs/common';
import { AskedApplication, type Asked } from '../../applications/http/asked-application.js';
import { notFound } from '../../shared/refusals.js';
import type { ListOf } from '../application/ports.js';
import { LIST_NAMES } from '../domain/owner-lists.js';

const listPipe: PipeTransform<Asked, ListOf> = {
  transform({ applicationId: owner, params }) {
    const list = LIST_NAMES.find((known) => known === params['list']);
    if (!list) throw notFound('list');
    return { owner, list };
  },
};

/** Gives the handler the list that is meant, and whose. 404 for an application or a list there is not. */
export const ListOwner = () => AskedApplication(listPipe);
