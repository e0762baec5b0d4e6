import { expect, it } from 'vitest';
import type { OpenState } from '../../src/verification/application/hot-state.js';
import type { ShiftedClock } from '../support/shifted-clock.js';
import type { HotStore } from './hot-store.contract.js';

interface Stage {
  clock: ShiftedClock;
  store: () => HotStore;
  opened: (over?: Partial<OpenState>) => Promise<string>;
  left: (id: string) => Promise<number | undefined>;
}

/** What becomes of the attempt of a request that was lost: the same guess may go on with the last one. */
export function lostAttemptsContract({ clock, store, opened, left }: Stage): void {
  const by = (reservation: string, guess?: string) => ({ reservation, idempotencyKey: 'key', ...(guess && { guess }) });
  const asker = (id: string) => (reservation: string, guess: string) =>
    store().attempts.reserve(id, by(reservation, guess));
  const usedUp = (settled: boolean) => ({ kind: 'used-up', settled });
  const onceMore = { kind: 'reserved', attemptsLeft: 0, afterLost: 'same-guess' };

  it('I5 R25 lets the same guess, and no other, go on with the attempt of a request that was lost', async () => {
    const id = await opened({ attemptsLeft: 1 });
    const ask = asker(id);
    expect(await ask('first', 'k.one')).toMatchObject({ kind: 'reserved', attemptsLeft: 0, afterLost: false });
    expect(await ask('second', 'k.one')).toEqual({ kind: 'in-flight' });
    clock.advance(5_001);
    expect(await ask('third', 'k.other')).toEqual({ kind: 'other-guess' });
    expect(await ask('fourth', 'k.one')).toMatchObject(onceMore);
    expect(await ask('fifth', 'k.one')).toEqual({ kind: 'in-flight' });

    // Neither gives it back: who was lost may have compared it.
    for (const reservation of ['first', 'fourth']) await store().attempts.refund(id, by(reservation));
    expect(await left(id)).toBe(0);
    clock.advance(5_001);
    expect(await ask('sixth', 'k.other')).toEqual({ kind: 'other-guess' });
    expect(await ask('seventh', 'k.one')).toMatchObject(onceMore);
    await store().verifications.end(id, 'failed', { ...by('seventh'), answer: 'wrong|0|d' });
    expect(await ask('eighth', 'k.other')).toEqual({ kind: 'answered', answer: 'wrong|0|d' });
  });

  it('I2 R13 goes on with a lost attempt only where none is left and no other guess is in flight', async () => {
    const id = await opened({ attemptsLeft: 3 });
    const ask = asker(id);
    await ask('first', 'k.one');
    clock.advance(5_001);
    expect(await ask('second', 'k.other')).toMatchObject({ kind: 'reserved', attemptsLeft: 1, afterLost: true });
    clock.advance(3_000);
    await store().attempts.reserve(id, { reservation: 'beside' });
    clock.advance(2_001);
    for (const guess of ['k.one', 'k.other']) expect(await ask('third', guess)).toEqual({ kind: 'in-flight' });
    clock.advance(3_000);
    expect(await ask('fourth', 'k.one')).toEqual({ kind: 'other-guess' });
    for (const key of [{}, { idempotencyKey: 'key2' }])
      expect(await store().attempts.reserve(id, { reservation: 'fifth', ...key })).toEqual(usedUp(true));
    expect(await ask('sixth', 'k.other')).toMatchObject(onceMore);
    expect(await left(id)).toBe(0);
  });

  /** A verification of which `second` has the only attempt, after `first` was lost with it. */
  async function takenOver(): Promise<string> {
    const id = await opened({ attemptsLeft: 1 });
    await asker(id)('first', 'k.one');
    clock.advance(5_001);
    expect(await asker(id)('second', 'k.one')).toMatchObject(onceMore);
    return id;
  }

  it('I2 knows that a guess which goes on with a lost attempt is in flight, until it is settled or lost as well', async () => {
    const another = (id: string) => store().attempts.reserve(id, { reservation: 'other', idempotencyKey: 'key2' });
    const settled = await takenOver();
    expect(await another(settled)).toEqual(usedUp(false));
    await store().attempts.settle(settled, by('second'));
    expect(await another(settled)).toEqual(usedUp(true));

    const lost = await takenOver();
    expect(await another(lost)).toEqual(usedUp(false));
    clock.advance(5_001);
    expect(await another(lost)).toEqual(usedUp(true));
  });

  it('R25 keeps the answer of a guess that went on with a lost attempt', async () => {
    const id = await takenOver();
    await store().attempts.settle(id, { ...by('second'), answer: 'wrong|0|d' });
    expect(await asker(id)('third', 'k.one')).toEqual({ kind: 'answered', answer: 'wrong|0|d' });
  });

  it('goes on with a lost attempt once per reservation, however often it is asked, and takes none that was given back since', async () => {
    const id = await opened({ attemptsLeft: 2 });
    const ask = asker(id);
    await store().attempts.reserve(id, { reservation: 'beside' });
    await ask('first', 'k.one');
    clock.advance(5_001);
    for (let n = 0; n < 2; n += 1) expect(await ask('second', 'k.one')).toMatchObject(onceMore);
    clock.advance(5_001);
    await store().attempts.refund(id, { reservation: 'beside' });
    expect(await ask('second', 'k.one')).toMatchObject({ kind: 'reserved', afterLost: 'same-guess' });
    await store().attempts.refund(id, by('second'));
    expect(await left(id)).toBe(1);
  });
}
