import type { ConsumedToken } from './api.js';
import type { ApprovalRefusal } from './guards/approval-refusal.js';
import type { Einmal } from './client.js';
import { decideApproval, type GuardedRequest, type Requirement } from './guards/require-approval.js';

export type { ApprovalRefusal } from './guards/approval-refusal.js';
export type { Requirement } from './guards/require-approval.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Express has requests extended
  namespace Express {
    interface Request {
      /** What `requireApproval` let in. */
      approval?: ConsumedToken;
    }
  }
}

/** What Express has in a request, and what is added to it where the application's types say so: `session`, `user`. */
type ExpressRequest = GuardedRequest &
  Express.Request & { body: unknown; params: Record<string, string | string[]>; get(name: string): string | undefined };

/** What is used of Node's response, so that any framework in the manner of Express will do. */
interface Response {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

interface ExpressRequirement<Request, Reply> extends Requirement<Request> {
  /** Answers whoever is refused, instead of the problem document: with a page. */
  refuse?(refusal: ApprovalRefusal, request: Request, response: Reply): void | Promise<void>;
}

/**
 * A middleware for the routes that need a fresh approval. The route finds it as `request.approval`. Its functions see Express's
 * own types as `requireApproval<Request, Response>(…)`.
 */
export function requireApproval<Request extends GuardedRequest = ExpressRequest, Reply extends Response = Response>(
  einmal: Pick<Einmal, 'consumeToken'>,
  requirement: ExpressRequirement<NoInfer<Request>, NoInfer<Reply>>,
): (request: GuardedRequest, response: Reply, next: (error?: unknown) => void) => Promise<void> {
  return async (incoming, response, next) => {
    const request = incoming as Request;
    try {
      const decision = await decideApproval(einmal, requirement, request);
      if ('refusal' in decision) {
        if (requirement.refuse) await requirement.refuse(decision.refusal, request, response);
        else answerProblem(decision.refusal, response);
        return;
      }
      request.approval = decision.approval;
    } catch (error) {
      // Express 4 looks after no promise: what is not given on ends the process.
      next(error);
      return;
    }
    next();
  };
}

function answerProblem({ status, headers, problem }: ApprovalRefusal, response: Response): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(JSON.stringify(problem));
}
