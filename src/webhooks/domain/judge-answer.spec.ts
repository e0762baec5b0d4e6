import { describe, expect, it } from 'vitest';
import { judgeAnswer, type Answer } from './judge-answer.js';
import { MOST_TRIES } from './try-schedule.js';

const answered = (status: number, retryAfterMs: number | null = null): Answer => ({
  ...{ kind: 'answered', status, retryAfterMs },
});
const judge = (answer: Answer, tries = 1) => judgeAnswer(answer, { tries, chance: 0.5 });

describe('an answer', () => {
  it.each([200, 201, 202, 204, 299])('R84 %i: delivered', (status) => {
    expect(judge(answered(status))).toEqual({ kind: 'delivered', status });
  });

  it.each([101, 300, 301, 302, 304, 307, 308, 400, 401, 404, 408, 418, 429, 500, 502, 599])(
    'R84 %i: again, in 5 s',
    (status) => {
      expect(judge(answered(status))).toEqual({
        ...{ kind: 'again', inMs: 5_000, status, why: `answered ${String(status)}` },
      });
    },
  );

  it('R84 that never came: again', () => {
    const why = 'refused the connection';
    expect(judge({ kind: 'none', why })).toEqual({ kind: 'again', inMs: 5_000, status: null, why });
  });

  it('R84 to the last try: failed', () => {
    expect(judge(answered(500), MOST_TRIES)).toEqual({ kind: 'failed', status: 500, why: 'answered 500' });
    expect(judge(answered(204), MOST_TRIES)).toEqual({ kind: 'delivered', status: 204 });
  });

  it('R84 410: the receiver is gone, whichever try it was', () => {
    expect(judge(answered(410))).toMatchObject({ kind: 'gone', inMs: 5_000 });
    expect(judge(answered(410), MOST_TRIES)).toMatchObject({ kind: 'gone' });
  });

  it('R84 Retry-After counts where it means anything', () => {
    expect(judge(answered(429, 60_000))).toMatchObject({ inMs: 60_000 });
    expect(judge(answered(503, 60_000))).toMatchObject({ inMs: 60_000 });
    expect(judge(answered(500, 60_000))).toMatchObject({ inMs: 5_000 });
    expect(judge(answered(301, 60_000))).toMatchObject({ inMs: 5_000 });
  });
});
