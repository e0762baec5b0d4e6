import { Agent, request } from 'undici';

/** What came of a request to a gateway. */
export type Exchange =
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: string }
  /** No byte of the request left: it is safe to try elsewhere. */
  | { kind: 'not-sent'; detail: string }
  /** It may have arrived: the gateway may act on it although we never heard so. */
  | { kind: 'unknown'; detail: string };

export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

export interface OutgoingLimits {
  connectMs: number;
  totalMs: number;
}

export const OUTGOING_LIMITS: OutgoingLimits = { connectMs: 2_000, totalMs: 5_000 };
const MOST_BODY_BYTES = 64 * 1_024;
const CONNECTIONS = 64;

/**
 * Requests to gateways: explicit timeouts, capped answers, no redirects followed, nothing retried. Each provider has its own,
 * so that a gateway that hangs holds only its own connections.
 */
export class OutgoingHttp {
  private readonly agent: Agent;

  constructor(private readonly limits: OutgoingLimits = OUTGOING_LIMITS) {
    const { connectMs, totalMs } = limits;
    const timeouts = { connect: { timeout: connectMs }, headersTimeout: totalMs, bodyTimeout: totalMs };
    this.agent = new Agent({ ...timeouts, connections: CONNECTIONS, pipelining: 1 });
  }

  /** POST, as `exchange` does. */
  post(url: string, headers: Record<string, string>, body: string | Buffer): Promise<Exchange> {
    return this.exchange({ method: 'POST', url, headers, body });
  }

  /** Never throws: what goes wrong is an answer too, and says whether the gateway may have the request. */
  async exchange({ url, ...what }: OutgoingRequest): Promise<Exchange> {
    // Not AbortSignal.timeout(): that one fires long after the answer too, and makes an error for nobody each time.
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new DOMException('The gateway took too long.', 'TimeoutError'));
    }, this.limits.totalMs);
    try {
      const response = await request(url, { ...what, signal: late.signal, dispatcher: this.agent });
      const text = await readUpTo(MOST_BODY_BYTES, response.body);
      return { kind: 'answered', status: response.statusCode, headers: flat(response.headers), body: text };
    } catch (error) {
      const detail = codeOf(error);
      return BEFORE_SENDING.test(detail) || failedToConnect(error)
        ? { kind: 'not-sent', detail }
        : { kind: 'unknown', detail };
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

/** `Retry-After` in seconds (RFC 9110 10.2.3); undefined when absent or given as a date, which nobody does for seconds. */
export function retryAfterSeconds(headers: Record<string, string>): number | undefined {
  const value = headers['retry-after'] ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

/** Only what can not happen after the request went out; anything not listed here counts as "may have arrived". */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_WRONG_VERSION_NUMBER)$/;

function failedToConnect(error: unknown): boolean {
  return (
    error instanceof Error && 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')
  );
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'TimeoutError' ? 'timeout' : error.name;
}

/** The rest of a longer answer is not read: its connection is closed. */
async function readUpTo(bytes: number, body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes).toString('utf8');
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
