import { readAnswer, type Answer, type NoAnswer } from './answer.js';

/** What the client needs of `fetch`: any that follows the standard will do. */
export type Fetch = (
  url: string,
  init: Omit<Question, 'url'> & { redirect: 'manual'; signal: AbortSignal },
) => Promise<Parameters<typeof readAnswer>[0]>;

export interface Question {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Patience {
  /** For the whole answer. */
  timeoutMs: number;
  /** The caller's. */
  signal?: AbortSignal | undefined;
}

/** Asks once. A redirect is an answer and is not followed: the API key would go with it. Never throws. */
export async function askOnce(
  fetch: Fetch,
  { url, ...init }: Question,
  { timeoutMs, signal }: Patience,
): Promise<Answer | NoAnswer> {
  const limit = new AbortController();
  const stop = () => {
    limit.abort();
  };
  const timer = setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop);
  try {
    if (signal?.aborted) return aborted();
    return await readAnswer(await fetch(url, { ...init, redirect: 'manual', signal: limit.signal }));
  } catch (error) {
    if (signal?.aborted) return aborted();
    return limit.signal.aborted
      ? { code: 'timeout', detail: 'No answer in time. Whether it was done is not known.' }
      : { code: 'network', detail: `No answer (${nameOf(error)}). Whether it was done is not known.` };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

const aborted = (): NoAnswer => ({
  code: 'aborted',
  detail: 'Given up by the caller. Whether it was done is not known.',
});

/** What kind of fault it was, and nothing that an error may quote: `ECONNREFUSED`, `UND_ERR_SOCKET`. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : error.name;
}
