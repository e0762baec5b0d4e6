import type { ConsumedToken } from '../api.js';
import type { Binding } from '../binding-hash.js';
import type { EinmalError } from '../calls/errors.js';
import type { Einmal } from '../client.js';
import { approvalRefusal, refusalFor, type ApprovalRefusal } from './approval-refusal.js';

/** What a guard needs of a request, of whichever framework. */
export interface GuardedRequest {
  headers: Record<string, string | string[] | undefined>;
  /** Where the route finds what was approved. */
  approval?: ConsumedToken;
}

/** What a route asks of an approval. Its functions may say that they take the request of their framework, or a part of it. */
export interface Requirement<Request> {
  /** What the verification was started for: an approval of a login pays for nothing. */
  purpose: string;
  /** Who is logged in, by your session and never by the request's own word. Whoever is nobody is refused. */
  subject(request: Request): Awaitable<string | undefined>;
  /** The payment, exactly as the verification was started with it. A request without one is refused. */
  binding?(request: Request): Awaitable<Partial<Binding> | undefined>;
  /**
   * By which codes one may be approved here: `['totp']` where a code that was sent is not enough. Default: any. An approval by
   * another code is refused, and used up all the same.
   */
  channels?: readonly ConsumedToken['channel'][];
  /** Where the token is. Default: the header `Approval-Token`. */
  token?(request: Request): Awaitable<string | undefined>;
  /** Is told why somebody was refused, for your log: to users a wrong API key looks like a service that is away. */
  onRefused?(error: EinmalError<'consumeToken'>, request: Request): void;
}

type Awaitable<Value> = Value | Promise<Value>;
type Decision = { approval: ConsumedToken } | { refusal: ApprovalRefusal };

/** Uses the request's token up; every guard lets in by this one decision. @throws what the functions of the requirement throw. */
export async function decideApproval<Request extends GuardedRequest>(
  einmal: Pick<Einmal, 'consumeToken'>,
  { purpose, channels, ...from }: Requirement<Request>,
  request: Request,
): Promise<Decision> {
  const token = from.token ? await from.token(request) : tokenInHeader(request);
  const subject = await from.subject(request);
  if (!isText(token) || !isText(subject)) return { refusal: approvalRefusal('approval-required', purpose) };
  const binding = await from.binding?.(request);
  if (from.binding && !isBinding(binding)) return { refusal: approvalRefusal('approval-mismatch', purpose) };
  const consumed = await einmal.consumeToken({ token, subject, purpose, ...(isBinding(binding) && { binding }) });
  if (!consumed.ok) {
    from.onRefused?.(consumed.error, request);
    return { refusal: refusalFor(consumed.error, purpose) };
  }
  const enough = !channels || channels.includes(consumed.data.channel);
  return enough ? { approval: consumed.data } : { refusal: approvalRefusal('approval-channel', purpose) };
}

const tokenInHeader = ({ headers }: GuardedRequest) => [headers['approval-token']].flat()[0];

/** Requests bring anything, whatever their types say. */
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isBinding = (binding: Partial<Binding> | undefined): binding is Binding =>
  isText(binding?.amount) && isText(binding.payee);
