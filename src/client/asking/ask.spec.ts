import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask } from './ask.js';
import type { Fetch } from './ask-once.js';

/** What one try meets. */
type Meeting = 'hangs' | 'drops' | { status: number; retryAfter?: string; code?: string };

const question = { url: 'https://einmal.example/v1/verifications', method: 'POST', headers: {} };
const fine = { status: 202 };
const inFlight = (retryAfter: string) => ({ status: 409, retryAfter, code: 'idempotency-in-flight' });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The tries meet these, in turn. */
function meeting(...meetings: Meeting[]) {
  return vi.fn<Fetch>((_url, { signal }) => {
    const met = meetings.shift() ?? fine;
    if (met === 'drops') return Promise.reject(new TypeError('fetch failed'));
    if (met !== 'hangs') return Promise.resolve(answerOf(met));
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  });
}

function answerOf({ status, retryAfter, code }: Exclude<Meeting, string>) {
  const headers = {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
  };
  return new Response(JSON.stringify({ code }), { status, headers });
}

/** How it ended, after how many tries and how many milliseconds. */
async function asked(fetch: ReturnType<typeof meeting>, over: { repeatable?: boolean; signal?: AbortSignal } = {}) {
  const began = performance.now();
  const asking = ask(fetch, question, { repeatable: true, timeoutMs: 10_000, ...over });
  await vi.runAllTimersAsync();
  const answer = await asking;
  const outcome = 'code' in answer ? answer.code : answer.status;
  return { outcome, tries: fetch.mock.calls.length, tookMs: performance.now() - began };
}

test('asks again after a lost connection, a silence and a service that is away', async () => {
  expect(await asked(meeting('drops', { status: 503 }, fine))).toMatchObject({ outcome: 202, tries: 3 });
  expect(await asked(meeting('hangs', { status: 502 }, fine))).toMatchObject({ outcome: 202, tries: 3 });
});

test('asks three times at most, and tells what came last', async () => {
  expect(await asked(meeting('hangs', 'drops', { status: 504 }, fine))).toMatchObject({ outcome: 504, tries: 3 });
});

test('asks once what must not be asked twice', async () => {
  const once = { repeatable: false };
  expect(await asked(meeting('drops'), once)).toMatchObject({ outcome: 'network', tries: 1 });
  expect(await asked(meeting({ status: 503 }), once)).toMatchObject({ outcome: 503, tries: 1 });
  expect(await asked(meeting('hangs'), once)).toMatchObject({ outcome: 'timeout', tries: 1, tookMs: 10_000 });
  expect(await asked(meeting(inFlight('1')), once)).toMatchObject({ outcome: 409, tries: 1 });
});

test('is over by its deadline, however often it was asked', async () => {
  const { outcome, tries, tookMs } = await asked(meeting('hangs', 'hangs', 'hangs'));
  expect([outcome, tries]).toEqual(['timeout', 3]);
  expect(tookMs).toBeGreaterThan(9_900);
  expect(tookMs).toBeLessThanOrEqual(10_000);
});

test('waits as long as it is told, and not at all where that is longer than the caller waits', async () => {
  const told = await asked(meeting({ status: 503, retryAfter: '4' }, fine));
  expect(told).toMatchObject({ outcome: 202, tries: 2 });
  expect(told.tookMs).toBeGreaterThan(4_000);
  expect(await asked(meeting({ status: 503, retryAfter: '10' }))).toEqual({ outcome: 503, tries: 1, tookMs: 0 });
});

test.each<Meeting>(['drops', 'hangs'])(
  'I5 R25 asks until its first request, which %s, is known as lost: that takes no try',
  async (first) => {
    const told = await asked(meeting(first, 'drops', inFlight('5'), fine));
    expect(told).toMatchObject({ outcome: 202, tries: 4 });
    expect(told.tookMs).toBeGreaterThan(5_000);
  },
);

test('is told that its first request is at work again and again, but not beyond its deadline', async () => {
  const { outcome, tries, tookMs } = await asked(meeting(...Array.from({ length: 100 }, () => inFlight('1'))));
  expect(outcome).toBe(409);
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(10);
  expect(tookMs).toBeLessThanOrEqual(10_000);
  expect(await asked(meeting(inFlight('10')))).toEqual({ outcome: 409, tries: 1, tookMs: 0 });
});

test.each(['before', 'while it waits for an answer', 'between two tries'])(
  'ends when it is aborted %s',
  async (when) => {
    const caller = new AbortController();
    const abort = () => {
      caller.abort();
    };
    if (when === 'before') abort();
    else setTimeout(abort, 150);
    const fetch = when === 'between two tries' ? meeting({ status: 503, retryAfter: '5' }) : meeting('hangs', 'hangs');
    const { outcome, tookMs } = await asked(fetch, { signal: caller.signal });
    expect(outcome).toBe('aborted');
    expect(tookMs).toBeLessThanOrEqual(150);
  },
);
