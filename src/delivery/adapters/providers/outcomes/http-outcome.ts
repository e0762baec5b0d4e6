import type { SubmitOutcome } from '../../../domain/outcome.js';
import { retryAfterSeconds, type Exchange } from '../../outgoing-http.js';
import { BAD_REQUEST, MISCONFIGURED, refuse, THROTTLED, UNREACHABLE } from './error-map.js';

export type Answer = Extract<Exchange, { kind: 'answered' }>;

/**
 * What came of handing a message over by HTTP. What the vendor has words of its own for is read first; the rest is what every
 * gateway's HTTP means.
 *
 * @param read the vendor's own answers; null for one it does not know.
 */
export function outcomeOf(exchange: Exchange, read: (answer: Answer) => SubmitOutcome | null): SubmitOutcome {
  switch (exchange.kind) {
    case 'not-sent':
      return refuse(UNREACHABLE, exchange.detail);
    case 'unknown':
      return { kind: 'ambiguous', detail: exchange.detail };
    case 'answered':
      return withRetryAfter(read(exchange) ?? ofStatus(exchange.status), exchange);
  }
}

function ofStatus(status: number): SubmitOutcome {
  const detail = `answer ${String(status)}`;
  // A success we do not understand, or a proxy that lost patience: the gateway may well have it.
  if (status < 300 || status === 504) return { kind: 'ambiguous', detail };
  if (status === 429 || status === 503) return refuse(THROTTLED, String(status));
  if (status >= 500) return refuse(UNREACHABLE, detail);
  return refuse(status === 401 || status === 403 ? MISCONFIGURED : BAD_REQUEST, detail);
}

function withRetryAfter(outcome: SubmitOutcome, { headers }: Answer): SubmitOutcome {
  const seconds = retryAfterSeconds(headers);
  return outcome.kind === 'refused' && seconds !== undefined ? { ...outcome, retryAfterSeconds: seconds } : outcome;
}
