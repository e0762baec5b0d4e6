/** A whole answer, whatever it says. */
export interface Answer {
  status: number;
  /** What its JSON held; undefined where it held none. */
  body: unknown;
  /** The service's name for the request. */
  requestId?: string;
  retryAfterSeconds?: number;
}

/** Nothing came back, so whether it was done is not known. `aborted`: by the `signal` that the caller gave. */
export interface NoAnswer {
  code: 'network' | 'timeout' | 'aborted';
  detail: string;
}

interface Received {
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/**
 * Reads an answer to its end. JSON that is not valid counts as none: it was whole, so somebody else wrote it.
 *
 * @throws what the connection throws when it ends before the answer does.
 */
export async function readAnswer(received: Received): Promise<Answer> {
  const { status, headers } = received;
  const text = await received.text();
  const requestId = headers.get('x-request-id');
  const retryAfter = headers.get('retry-after') ?? '';
  return {
    status,
    body: /\bjson\b/.test(headers.get('content-type') ?? '') ? parsed(text) : undefined,
    ...(requestId !== null && { requestId }),
    // A date (RFC 9110 10.2.3) is of another clock; the service sends seconds.
    ...(/^\d{1,6}$/.test(retryAfter) && { retryAfterSeconds: Number(retryAfter) }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
