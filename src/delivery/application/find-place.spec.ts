import { describe, expect, it } from 'vitest';
import { findPlace } from './find-place.js';
import { Provider } from './provider.js';
import type { Place } from './provider-health.js';

/** A provider whose places are written down: what it says, and what it says when it is asked all the same. */
class Door extends Provider {
  readonly channel = 'sms';
  joined = 0;
  left = 0;

  constructor(
    readonly id: string,
    private readonly says: (door: Door) => Place,
    private readonly anyway = says,
  ) {
    super();
  }
  override enter(anyway = false): Place {
    return (anyway ? this.anyway : this.says)(this);
  }
  submit() {
    return Promise.resolve({ kind: 'accepted' as const });
  }
  readReports() {
    return [];
  }
}

const open = (door: Door): Place => ({ leave: () => void (door.left += 1) });
const lineOf =
  (againInMs: number, because: 'busy' | 'pace' = 'pace') =>
  (door: Door): Place => ({
    ...{ because, againInMs },
    join: () => {
      door.joined += 1;
      return againInMs;
    },
  });
const throttled = (againInMs: number) => (): Place => ({ because: 'throttled', againInMs });
const quota = (): Place => ({ because: 'quota', againInMs: 30_000 });
const away = (): Place => ({ because: 'circuit open', askLater: () => 8_000 });

/** Who takes it, or what becomes of it. */
function found(...doors: Door[]) {
  const result = findPlace(doors);
  switch (result.kind) {
    case 'place':
      return result.provider.id;
    case 'wait':
      return result.inMs;
    case 'nobody':
      return result.passedOver.map(({ id, because }) => `${id}: ${because}`);
  }
}

describe('who takes a delivery now', () => {
  it('is the first that has a place', () => {
    expect(found(new Door('a', open), new Door('b', open))).toBe('a');
    expect(found(new Door('a', away), new Door('b', quota), new Door('c', throttled(500)), new Door('d', open))).toBe(
      'd',
    );
  });

  it('is the first in order although the second is free, where its turn comes within two seconds', () => {
    const first = new Door('a', lineOf(2_000));
    expect(found(first, new Door('b', open))).toBe(2_000);
    expect(first.joined).toBe(1);
  });

  it('is the next one where the wait would be longer, and the first one’s line does not grow by it', () => {
    for (const because of ['busy', 'pace'] as const) {
      const first = new Door('a', lineOf(2_001, because));
      expect(found(first, new Door('b', open))).toBe('b');
      expect(first.joined).toBe(0);
    }
  });

  it('is told with those who were passed over, and why', () => {
    const result = findPlace([new Door('a', away), new Door('b', throttled(9_000)), new Door('c', open)]);
    expect(result).toMatchObject({
      passedOver: [
        { id: 'a', because: 'circuit open' },
        { id: 'b', because: 'throttled' },
      ],
    });
  });
});

describe('where nobody has a place now', () => {
  it('it waits for the turn that comes first, however long', () => {
    const [long, short] = [new Door('a', lineOf(25_000)), new Door('b', lineOf(9_000))];
    expect(found(long, new Door('c', throttled(100)), short)).toBe(9_000);
    expect([long.joined, short.joined]).toEqual([0, 1]);
  });

  it('it waits for the end of a pause of up to five seconds, and not for a longer one', () => {
    expect(found(new Door('a', throttled(5_000)), new Door('b', throttled(7_000)))).toBe(5_000);
    expect(found(new Door('a', throttled(5_001)))).toEqual(['a: throttled']);
  });

  it('it is told when the first of them may be asked again, for whoever has no other way to go', () => {
    const later = (...doors: Door[]) => {
      const result = findPlace(doors);
      return result.kind === 'nobody' ? result.askLater() : null;
    };
    expect(later(new Door('a', away))).toBe(8_000);
    expect(later(new Door('a', away), new Door('b', throttled(6_000)))).toBe(6_000);
    expect(later(new Door('a', throttled(9_000)), new Door('b', away))).toBe(8_000);
  });

  it('who has refused others is asked all the same, in order; who wants nothing or does not answer is not', () => {
    const doors = [new Door('a', away), new Door('b', throttled(9_000)), new Door('c', quota, open)];
    expect(found(...doors, new Door('d', quota, open))).toBe('c');
    expect(findPlace([new Door('c', quota, open)])).toMatchObject({ kind: 'place', passedOver: [] });
    expect(found(new Door('a', quota, lineOf(100)))).toBe(100);
    expect(found(new Door('a', quota), new Door('b', away))).toEqual(['a: quota', 'b: circuit open']);
  });
});
