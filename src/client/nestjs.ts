import {
  applyDecorators,
  Catch,
  createParamDecorator,
  HttpException,
  Inject,
  Injectable,
  mixin,
  UseFilters,
  UseGuards,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
} from '@nestjs/common';
import type { ConsumedToken } from './api.js';
import type { ApprovalRefusal } from './guards/approval-refusal.js';
import type { Einmal } from './client.js';
import { decideApproval, type GuardedRequest, type Requirement } from './guards/require-approval.js';

export type { Requirement } from './guards/require-approval.js';

/** Under which name the guard asks for the client: `{ provide: EINMAL, useFactory: () => createEinmal({ … }) }`. */
export const EINMAL = Symbol('EINMAL');

/** Of either platform. */
type NestRequest = GuardedRequest & { body: unknown };

/** What Express's response and Fastify's reply have in common. */
interface Response {
  status(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: unknown): unknown;
}

class ApprovalRefused extends HttpException {
  constructor(readonly refusal: ApprovalRefusal) {
    super(refusal.problem, refusal.status);
  }
}

/** Nest's own filter makes application/json of it on Express, and warns in the log each time. */
@Catch(ApprovalRefused)
class RefusalFilter implements ExceptionFilter<ApprovalRefused> {
  catch({ refusal }: ApprovalRefused, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    response.status(refusal.status);
    for (const [name, value] of Object.entries(refusal.headers)) response.header(name, value);
    response.send(refusal.problem);
  }
}

/** Lets in only with a fresh approval for this purpose; `@Approved()` gives it to the handler. */
export function RequireApproval(
  purpose: string,
  from: Omit<Requirement<NestRequest>, 'purpose'>,
): ClassDecorator & MethodDecorator {
  @Injectable()
  class ApprovalGuard implements CanActivate {
    constructor(@Inject(EINMAL) private readonly einmal: Einmal) {}

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context.switchToHttp().getRequest<NestRequest>();
      const decision = await decideApproval(this.einmal, { ...from, purpose }, request);
      if ('refusal' in decision) throw new ApprovalRefused(decision.refusal);
      request.approval = decision.approval;
      return true;
    }
  }
  return applyDecorators(UseGuards(mixin(ApprovalGuard)), UseFilters(RefusalFilter));
}

/** The approval with which `RequireApproval` let in. */
export const Approved = createParamDecorator((_: unknown, context: ExecutionContext): ConsumedToken | undefined => {
  return context.switchToHttp().getRequest<GuardedRequest>().approval;
});
