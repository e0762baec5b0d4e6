import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request, type Dispatcher } from 'undici';
import { Receivers, TRY_MS, type SignedMessage } from '../application/ports.js';
import type { Answer } from '../domain/judge-answer.js';
import { retryAfterMs } from '../domain/retry-after.js';
import { guardedConnect, type Guard } from './guarded-connect.js';
import { whyNone } from './why-none.js';

/** What of an answer's body is taken in so that its connection can be used again; nobody reads it. */
const MOST_BODY_BYTES = 16 * 1_024;

/** POSTs to receivers: one time limit for all of it, no redirect followed, nothing sent twice by itself. */
@Injectable()
export class GuardedReceivers extends Receivers implements OnApplicationShutdown {
  private readonly agent: Agent;

  /** @param tryMs all the time a receiver has. */
  constructor(
    guard: Guard,
    private readonly tryMs = TRY_MS,
  ) {
    super();
    const timeouts = { headersTimeout: tryMs, bodyTimeout: tryMs };
    // As many connections as there are tries: whoever waited for one would use up the time in which the receiver may answer.
    this.agent = new Agent({ ...timeouts, connect: guardedConnect(guard), connections: null, pipelining: 1 });
  }

  async post({ url, headers, body }: SignedMessage): Promise<Answer> {
    // Not AbortSignal.timeout(): that one fires long after the answer too, and makes an error for nobody each time.
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new DOMException('The receiver took too long.', 'TimeoutError'));
    }, this.tryMs);
    try {
      const options = { method: 'POST', headers, body, signal: late.signal, dispatcher: this.agent } as const;
      return await answerOf(await request(url, options));
    } catch (error) {
      return { kind: 'none', why: whyNone(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

async function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
  const retryAfter = headers['retry-after'];
  // The status is the answer, whatever becomes of the rest.
  await body.dump({ limit: MOST_BODY_BYTES }).catch(() => undefined);
  const asked = retryAfterMs(typeof retryAfter === 'string' ? retryAfter : undefined, Date.now());
  return { kind: 'answered', status: statusCode, retryAfterMs: asked };
}
