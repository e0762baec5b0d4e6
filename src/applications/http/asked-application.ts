import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import { IdPipe } from '../../platform/http/id-pipe.js';
import { Applications } from '../applications.js';
import type { AuthenticatedRequest } from '../caller.js';

/** Whose things are meant, and who asks. */
export interface Asked {
  /** Null: the installation's, whose operator asks. */
  applicationId: string | null;
  /** Id of the API key, for the audit log. */
  actor: string;
  /** What the path names. */
  params: Partial<Record<string, string>>;
}

/** An operator's path names the application as `:id`; without one the things are those of whoever calls. */
@Injectable()
class NamedApplicationPipe implements PipeTransform<Asked, Promise<Asked>> {
  private readonly applicationId = new IdPipe('application');

  constructor(private readonly applications: Applications) {}

  async transform(asked: Asked): Promise<Asked> {
    const { id } = asked.params;
    if (id === undefined) return asked;
    return { ...asked, applicationId: (await this.applications.find(this.applicationId.transform(id))).id };
  }
}

const AskedByCaller = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const { params, principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const { applicationId = null, keyId: actor = '' } = principal ?? {};
  return { applicationId, actor, params: params as Asked['params'] };
});

/** Gives the handler what `then` makes of {@link Asked}. 404 for an application there is not. */
export const AskedApplication = (then: PipeTransform<Asked>) => AskedByCaller(NamedApplicationPipe, then);
