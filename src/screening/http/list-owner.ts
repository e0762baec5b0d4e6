import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import { Applications } from '../../applications/applications.js';
import type { AuthenticatedRequest } from '../../applications/caller.js';
import { IdPipe } from '../../platform/http/id-pipe.js';
import { notFound } from '../../shared/refusals.js';
import type { ListOf } from '../application/ports.js';
import { LIST_NAMES } from '../domain/owner-lists.js';

interface AskedList {
  /** What the path names. */
  params: { id?: string; list?: string };
  callersApplication: string | null;
}

/** An operator's path names the application; without one the list is the caller's, or with an operator's key the installation's. */
@Injectable()
class ListOfPipe implements PipeTransform<AskedList, Promise<ListOf>> {
  private readonly applicationId = new IdPipe('application');

  constructor(private readonly applications: Applications) {}

  async transform({ params: { id, list: text }, callersApplication }: AskedList): Promise<ListOf> {
    const owner =
      id === undefined ? callersApplication : (await this.applications.find(this.applicationId.transform(id))).id;
    const list = LIST_NAMES.find((known) => known === text);
    if (!list) throw notFound('list');
    return { owner, list };
  }
}

const Asked = createParamDecorator((_: unknown, context: ExecutionContext): AskedList => {
  const { params, principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  return { params: params as AskedList['params'], callersApplication: principal?.applicationId ?? null };
});

/** Gives the handler the list that is meant, and whose. 404 for an application or a list there is not. */
export const ListOwner = () => Asked(ListOfPipe);
