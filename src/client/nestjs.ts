import {
  createParamDecorator,
  HttpException,
  Inject,
  Injectable,
  mixin,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { ConsumedToken } from './api.js';
import type { Einmal } from './client.js';
import { decideApproval, type GuardedRequest, type Requirement } from './require-approval.js';

export type { Requirement } from './require-approval.js';

/** Under which name the guard asks for the client: `{ provide: EINMAL, useFactory: () => createEinmal({ … }) }`. */
export const EINMAL = Symbol('EINMAL');

/** Of either platform. */
type NestRequest = GuardedRequest & { body: unknown };

/** Express's response and Fastify's reply have this in common. */
interface Response {
  header(name: string, value: string): unknown;
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
      const http = context.switchToHttp();
      const request = http.getRequest<NestRequest>();
      const decision = await decideApproval(this.einmal, { ...from, purpose }, request);
      if ('approval' in decision) {
        request.approval = decision.approval;
        return true;
      }
      const { status, headers, problem } = decision.refusal;
      const response = http.getResponse<Response>();
      for (const [name, value] of Object.entries(headers)) response.header(name, value);
      throw new HttpException(problem, status);
    }
  }
  return UseGuards(mixin(ApprovalGuard));
}

/** The approval with which `RequireApproval` let in. */
export const Approved = createParamDecorator((_: unknown, context: ExecutionContext): ConsumedToken | undefined => {
  return context.switchToHttp().getRequest<GuardedRequest>().approval;
});
