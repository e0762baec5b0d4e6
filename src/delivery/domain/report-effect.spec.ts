import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryStatus } from './delivery.js';
import { effectOf } from './report-effect.js';

const CURRENT = 'att_current';
const EARLIER = 'att_earlier';
type Event = [attemptId: string, status: 'delivered' | 'failed' | 'underway' | 'unknown'];

/** A delivery as the ledger would keep it, and how many next steps were started for it. */
interface Kept {
  status: DeliveryStatus;
  late: boolean;
  fallbacks: number;
}

function apply(kept: Kept, [attemptId, status]: Event): Kept {
  const effect = effectOf({ status: kept.status, attemptId: CURRENT }, { attemptId, status });
  switch (effect.kind) {
    case 'delivered':
      return { ...kept, status: 'delivered' };
    case 'failed':
      return { ...kept, status: 'failed', fallbacks: kept.fallbacks + 1 };
    case 'delivered-late':
      return { ...kept, late: true };
    case 'none':
      return kept;
  }
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, position) =>
    permutations(items.filter((_, other) => other !== position)).map((rest) => [item, ...rest]),
  );
}

function expectConsistent(events: Event[]): void {
  let kept: Kept = { status: 'sent', late: false, fallbacks: 0 };
  for (const event of events) {
    const before = kept;
    kept = apply(kept, event);
    if (before.status !== 'sent') expect(kept.status).toBe(before.status);
  }
  expect(kept.fallbacks).toBe(kept.status === 'failed' ? 1 : 0);
  // Whatever the order, it is known that the message arrived when any report said so.
  expect(kept.status === 'delivered' || kept.late).toBe(events.some(([, status]) => status === 'delivered'));
}

describe('I8 reports in any order, any number of times', () => {
  const events: Event[] = [
    [EARLIER, 'failed'],
    [EARLIER, 'delivered'],
    [CURRENT, 'underway'],
    [CURRENT, 'failed'],
    [CURRENT, 'failed'],
    [CURRENT, 'delivered'],
  ];

  it('R32 every permutation of six, with duplicates, over two attempts starts at most one fallback', () => {
    for (const order of permutations(events)) expectConsistent(order);
  });

  it('R32 one final state where reports do not contradict each other', () => {
    const agreeing: Event[] = [
      ...[[EARLIER, 'failed'] as Event, [CURRENT, 'underway'] as Event, [CURRENT, 'unknown'] as Event],
      ...[[CURRENT, 'delivered'] as Event, [CURRENT, 'delivered'] as Event, [EARLIER, 'underway'] as Event],
    ];
    for (const order of permutations(agreeing))
      expect(order.reduce(apply, { status: 'sent', late: false, fallbacks: 0 }).status).toBe('delivered');
  });

  it('holds for any sequence', () => {
    const event = fc.tuple(
      fc.constantFrom(CURRENT, EARLIER),
      fc.constantFrom('delivered' as const, 'failed' as const, 'underway' as const, 'unknown' as const),
    );
    fc.assert(fc.property(fc.array(event, { maxLength: 12 }), expectConsistent));
  });
});

describe('one report', () => {
  it.each([
    ['queued', 'delivered'],
    ['submitting', 'delivered'],
    ['sent', 'delivered'],
    ['failed', 'delivered-late'],
    ['unconfirmed', 'delivered-late'],
    ['canceled', 'delivered-late'],
    ['delivered', 'none'],
  ] as const)('delivered, from an earlier attempt, while %s: %s', (status, kind) => {
    expect(effectOf({ status, attemptId: CURRENT }, { attemptId: EARLIER, status: 'delivered' }).kind).toBe(kind);
  });

  it.each([
    ['queued', 'none'],
    ['submitting', 'failed'],
    ['sent', 'failed'],
    ['failed', 'none'],
    ['unconfirmed', 'none'],
    ['canceled', 'none'],
    ['delivered', 'none'],
  ] as const)('failed, from the current attempt, while %s: %s', (status, kind) => {
    expect(effectOf({ status, attemptId: CURRENT }, { attemptId: CURRENT, status: 'failed' }).kind).toBe(kind);
  });

  it('failed from an earlier attempt changes nothing: the current one may arrive', () => {
    const effect = effectOf({ status: 'sent', attemptId: CURRENT }, { attemptId: EARLIER, status: 'failed' });
    expect(effect).toEqual({ kind: 'none', because: 'not the current attempt' });
  });

  it('keeps the cause', () => {
    const report = { attemptId: CURRENT, status: 'failed', cause: 'landline' } as const;
    expect(effectOf({ status: 'sent', attemptId: CURRENT }, report)).toEqual({
      ...{ kind: 'failed', cause: 'landline', transient: false },
    });
  });
});
