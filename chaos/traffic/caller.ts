import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerBody, Answered, Call, Unanswered } from '../history/conversations.js';
import type { Journal } from '../journal.js';
import type { Balancer } from '../world/balancer.js';
import type { ChaosNode } from '../world/chaos-node.js';
import type { Person } from './person.js';

/** One request of a login flow. */
export interface Request extends Pick<Call, 'kind' | 'verificationId' | 'to' | 'ip' | 'typed' | 'idempotencyKey'> {
  path: string;
  body?: object;
  /** A node of the caller's choice; otherwise the balancer's. */
  at?: ChaosNode;
  retryOf?: number;
}

/** A login flow's patience with one call. A person's is about the same. */
const TIMEOUT_MS = 8_000;
const PATIENCE_MS = 30_000;
const SHORT_PAUSE_MS = 60;
const PAUSE_MS = 400;

/** Calls the API for one person, and writes down what was asked and what was heard. */
export class Caller {
  constructor(
    private readonly person: Person,
    private readonly balancer: Balancer,
    private readonly journal: Journal,
  ) {}

  /** Once, whatever comes of it. */
  async once({ path, body, at, retryOf, ...asked }: Request): Promise<Call> {
    const { number, habit, tenant } = this.person;
    const node = at ?? this.balancer.next();
    const call = {
      ...{ number: this.journal.nextCall(), person: number, habit, node: node.name, applicationId: tenant.id },
      ...{ ...asked, retryOf: retryOf ?? null, sentAtMs: this.journal.now() },
    };
    const headers = {
      authorization: `Bearer ${tenant.key}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(asked.idempotencyKey !== null && { 'idempotency-key': asked.idempotencyKey }),
    };
    const answer = await send(node.url + path, {
      ...{ method: asked.kind === 'read' ? 'GET' : 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MS) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const id = asked.kind === 'start' && answer.kind === 'answered' ? (answer.body.id ?? null) : asked.verificationId;
    const ended: Call = { ...call, verificationId: id, answer, endedAtMs: this.journal.now() };
    this.journal.calls.push(ended);
    return ended;
  }

  /** Like a sane login flow: asks again while there is no answer, or none that decides anything. */
  async insist(request: Request): Promise<Call> {
    const deadline = this.journal.now() + PATIENCE_MS;
    let call = await this.once(request);
    for (let pause = pauseAfter(call); pause !== null && this.journal.now() < deadline; pause = pauseAfter(call)) {
      await sleep(pause);
      call = await this.once({ ...request, retryOf: call.number });
    }
    return call;
  }
}

/** How long to wait before asking the same again; null when this was the answer. */
function pauseAfter({ answer }: Call): number | null {
  if (answer.kind === 'none') return answer.why === 'refused' ? SHORT_PAUSE_MS : PAUSE_MS;
  const { status, body } = answer;
  if (status === 503 || (status === 409 && body.code === 'idempotency-in-flight')) return PAUSE_MS;
  return null;
}

async function send(url: string, init: RequestInit): Promise<Answered | Unanswered> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    const retryAfter = response.headers.get('retry-after');
    return {
      kind: 'answered',
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as AnswerBody,
      retryAfterSeconds: retryAfter === null ? null : Number(retryAfter),
    };
  } catch (error) {
    return { kind: 'none', why: reasonOf(error) };
  }
}

function reasonOf(error: unknown): Unanswered['why'] {
  if (!(error instanceof Error)) return 'died';
  if (error.name === 'TimeoutError') return 'timeout';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED' ? 'refused' : 'died';
}
