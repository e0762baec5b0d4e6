import type { WatchedSend } from '../application/ports.js';
import { nameOf, type Trip } from '../domain/breaker.js';
import { burstOf, MOST_NUMBERS, NUMBERS_WINDOW_MS } from '../domain/numbers-window.js';
import { keep } from './keep.js';
import type { MemoryBreakers, NotedNumbers } from './memory-breakers.js';

/** What watch-number.lua does. @returns what it tripped. */
export function watchNumber(state: MemoryBreakers, send: WatchedSend): Trip[] {
  const { applicationId, deliveryId, codeLifeMs: life, number } = send;
  if (!number) return [];
  const { now } = state;
  const key = keyOf(applicationId, number.block);
  const held: NotedNumbers = state.numbers.get(key) ?? new Map<string, { at: number; by: string }>();
  for (const [name, { at }] of held) if (at + life + NUMBERS_WINDOW_MS <= now) held.delete(name);
  const evidence = new Map([...held].filter(([, noted]) => !noted.void));
  const near = number.neighbours.filter((name) => (evidence.get(name)?.at ?? 0) + NUMBERS_WINDOW_MS > now).length;
  const over = [...evidence.values()].filter(({ at }) => at + life <= now).length;
  const isNew = !evidence.has(number.name) && evidence.size < MOST_NUMBERS;
  const size = evidence.size + (isNew ? 1 : 0);
  if (isNew) held.set(number.name, { at: now, by: deliveryId });
  keep(state.numbers, key, held);

  const approved = (state.approvedBlocks.get(key) ?? 0) + life + NUMBERS_WINDOW_MS > now;
  const { sequence, spread, block } = number;
  const trips: Trip[] = [];
  const trip = (name: string, counted: number) => {
    const breaker = send.breakers.find((known) => known.name === name);
    if (!breaker || state.held(applicationId, breaker).opened) return;
    trips.push(state.trip(applicationId, breaker, { counted, good: 0 }));
    for (const noted of held.values()) noted.void = true;
    state.approvedBlocks.delete(key);
  };
  if (sequence && near >= sequence.neighbours) trip(nameOf('pumping-sequence', block), near + 1);
  const isSpread = spread && !approved && (over >= spread.numbers || size >= burstOf(spread.numbers));
  if (isSpread) trip(nameOf('pumping-block', block), size);
  return trips;
}

/** The number's own delivery did not happen. */
export function forgetNumber(state: MemoryBreakers, { applicationId, deliveryId, number }: WatchedSend): void {
  if (!number) return;
  const held = state.numbers.get(keyOf(applicationId, number.block));
  if (held?.get(number.name)?.by === deliveryId) held.delete(number.name);
}

/** When the number was written to by another delivery, which it is still noted for. */
export function notedBefore(state: MemoryBreakers, { applicationId, deliveryId, number }: WatchedSend): number | null {
  const noted = number && state.numbers.get(keyOf(applicationId, number.block))?.get(number.name);
  return noted && !noted.void && noted.by !== deliveryId ? noted.at : null;
}

/** Whether it is this delivery that the number is noted for. */
export function isNotedFor(state: MemoryBreakers, { applicationId, deliveryId, number }: WatchedSend): boolean {
  if (!number) return false;
  return state.numbers.get(keyOf(applicationId, number.block))?.get(number.name)?.by === deliveryId;
}

/** Somebody at the number typed its code. @returns whether the number was noted. */
export function approveNumber(state: MemoryBreakers, { applicationId, number }: WatchedSend): boolean {
  if (!number) return true;
  const key = keyOf(applicationId, number.block);
  const noted = state.numbers.get(key)?.delete(number.name) ?? false;
  keep(state.approvedBlocks, key, state.now);
  return noted;
}

const keyOf = (applicationId: string, block: string) => `${applicationId}/${block}`;
