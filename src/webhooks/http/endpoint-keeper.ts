import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import { Applications } from '../../applications/applications.js';
import type { AuthenticatedRequest } from '../../applications/caller.js';
import { forbidden } from '../../applications/refusals.js';
import { IdPipe } from '../../platform/http/id-pipe.js';
import type { EndpointKeeper } from '../application/endpoint-ledger.js';

interface Asked {
  /** The application that an operator's path names. */
  id: string | undefined;
  callersApplication: string | null;
  actor: string;
}

/** An operator's path names the application; without one the endpoints are the calling application's. */
@Injectable()
class KeeperPipe implements PipeTransform<Asked, Promise<EndpointKeeper>> {
  private readonly applicationId = new IdPipe('application');

  constructor(private readonly applications: Applications) {}

  async transform({ id, callersApplication, actor }: Asked): Promise<EndpointKeeper> {
    if (id !== undefined) return { applicationId: (await this.named(id)).id, actor };
    if (callersApplication === null) throw forbidden();
    return { applicationId: callersApplication, actor };
  }

  private named(id: string) {
    return this.applications.find(this.applicationId.transform(id));
  }
}

const AskedFor = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const { params, principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const { id } = params as { id?: string };
  return { id, callersApplication: principal?.applicationId ?? null, actor: principal?.keyId ?? '' };
});

/** Gives the handler whose endpoints are meant, and who asks. 404 for an application there is not. */
export const Keeper = () => AskedFor(KeeperPipe);
