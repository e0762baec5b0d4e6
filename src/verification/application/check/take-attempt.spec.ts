import { expect, test } from 'vitest';
import type { LimitDecision } from '../../../limits/application/limiter.js';
import type { Attempts, HotState, Reservation } from '../hot-state.js';
import type { FailureBudget } from './failure-budget.js';
import { TakeAttempt } from './take-attempt.js';

const full: LimitDecision = {
  kind: 'refused',
  rules: ['recipient-failures-hour'],
  retryAfterSeconds: 3_600,
  policies: [],
  ofFactor: false,
  shadowed: [],
  levels: {},
};
const room: LimitDecision = { kind: 'allowed', fullForMs: {}, shadowed: [], levels: {} };
const hashing = { salt: 's', cost: '4096,1,1', kid: 'k' };
const reserved = (attemptsLeft: number, afterLost: boolean | 'same-guess' = false): Reservation => ({
  kind: 'reserved',
  ...{ attemptsLeft, afterLost, hashing, slots: [] },
});

/** The budget counts, but its answer does not come back. */
const lost = new Error('lost');

/** Plays one take against stores that answer as told, and tells what was asked of them. */
async function play(
  found: { reservation: Reservation; attemptsLeft?: number; idempotencyKey?: string },
  answers: (LimitDecision | Error)[],
) {
  const asked: string[] = [];
  const attempts = {
    reserve: () => (asked.push('reserve'), Promise.resolve(found.reservation)),
    refund: () => (asked.push('refund'), Promise.resolve()),
  } as unknown as Attempts;
  const place = { name: found.idempotencyKey ?? 'own', shared: found.idempotencyKey !== undefined };
  const budget = {
    placeOf: () => ({ ...place, dimensions: { applicationId: 'app_1' } }),
    take: ({ name }: { name: string }) => {
      asked.push(`take ${name}`);
      const answer = answers.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    giveBack: (place: { name: string }) => (asked.push(`give back ${place.name}`), Promise.resolve()),
  } as unknown as FailureBudget;
  const attempt = { reservation: 'own', ...(found.idempotencyKey && { idempotencyKey: found.idempotencyKey }) };
  const state = { attemptsLeft: found.attemptsLeft ?? 5 } as HotState;
  const request = { applicationId: 'app_1', id: 'ver', code: '123456', requester: {} };
  const outcome = await new TakeAttempt(attempts, budget).take(request, attempt, state).then(
    ({ reservation, place }) => `${reservation.kind} ${place.name}`,
    (error: unknown) => (error === lost ? 'lost' : (error as { code: string }).code),
  );
  return { outcome, asked };
}

test('P3 the attempt and the place in the budget are asked for at once', async () => {
  expect(await play({ reservation: reserved(4) }, [room])).toEqual({
    outcome: 'reserved own',
    asked: ['reserve', 'take own'],
  });
});

test('whoever gets the last attempt asks for the budget only then', async () => {
  const { asked } = await play({ reservation: reserved(0), attemptsLeft: 1 }, [room]);

  expect(asked).toEqual(['reserve', 'take own']);
  expect((await play({ reservation: { kind: 'used-up', settled: true }, attemptsLeft: 1 }, [])).asked).toEqual([
    'reserve',
  ]);
});

test('R18 the last attempt asks a full budget twice, too: a crowd at another verification may fill it in passing', async () => {
  expect(await play({ reservation: reserved(0), attemptsLeft: 1 }, [full, room])).toEqual({
    outcome: 'reserved own',
    asked: ['reserve', 'take own', 'take own'],
  });
});

test('R51 no answer of the budget: its place and the attempt are given back, but not a place that retries share', async () => {
  expect(await play({ reservation: reserved(4) }, [lost])).toEqual({
    outcome: 'lost',
    asked: ['reserve', 'take own', 'refund', 'give back own'],
  });
  expect(await play({ reservation: reserved(4), idempotencyKey: 'key' }, [lost])).toEqual({
    outcome: 'lost',
    asked: ['reserve', 'take key', 'refund'],
  });
});

test('R18 a budget that is full for good refuses at the second time, and the attempt is given back', async () => {
  expect(await play({ reservation: reserved(4) }, [full, full])).toEqual({
    outcome: 'rate-limited',
    asked: ['reserve', 'take own', 'take own', 'refund'],
  });
});

test('R18 a budget that others fill in passing does not refuse a guess that has its attempt', async () => {
  const { outcome } = await play({ reservation: reserved(1) }, [full, full, full, room]);

  expect(outcome).toBe('reserved own');
});

test('R25 a retry leaves the place to the request that holds it, or whose guess was wrong', async () => {
  const inFlight = await play({ reservation: { kind: 'in-flight' }, idempotencyKey: 'key' }, [room]);
  const wrong = await play({ reservation: { kind: 'answered', answer: 'wrong|4|d' }, idempotencyKey: 'key' }, [room]);

  expect([...inFlight.asked, ...wrong.asked].filter((asked) => asked.startsWith('give back'))).toEqual([]);
});

test.each<Reservation>([
  { kind: 'answered', answer: 'approved|d' },
  { kind: 'used-up', settled: false },
  { kind: 'ended', status: 'canceled' },
  { kind: 'unknown' },
])('a guess that got no attempt gives its place back: %o', async (reservation) => {
  expect((await play({ reservation }, [room])).asked).toEqual(['reserve', 'take own', 'give back own']);
});

test('R25 a retry after a request that was lost is a guess of its own', async () => {
  expect(await play({ reservation: reserved(3, true), idempotencyKey: 'key' }, [room, room])).toEqual({
    outcome: 'reserved own',
    asked: ['reserve', 'take key', 'take own'],
  });
});

test('R25 R69 the guess of a request that was lost is one failure with it; another one is a failure of its own', async () => {
  const same = await play({ reservation: reserved(0, 'same-guess'), attemptsLeft: 0, idempotencyKey: 'key' }, [room]);
  expect(same).toEqual({ outcome: 'reserved key', asked: ['reserve', 'take key'] });

  const other = { reservation: { kind: 'other-guess' }, attemptsLeft: 0, idempotencyKey: 'key' } as const;
  expect((await play(other, [room])).asked).toEqual(['reserve', 'take own']);
  expect((await play(other, [full])).outcome).toBe('rate-limited');
});
