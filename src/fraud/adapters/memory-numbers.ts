import type { WatchedSend } from '../application/ports.js';
import { nameOf, placeOf, type Trip } from '../domain/breaker.js';
import { burstOf, MOST_NUMBERS, NUMBERS_WINDOW_MS } from '../domain/numbers-window.js';
import { keep } from './keep.js';
import type { MemoryBreakers, NotedNumber, NotedNumbers } from './memory-breakers.js';

/** What watch-number.lua does. @returns what it tripped. */
export function watchNumber(state: MemoryBreakers, send: WatchedSend): Trip[] {
  const { applicationId, deliveryId, codeLifeMs: life, number } = send;
  if (!number) return [];
  const { now } = state;
  const key = keyOf(applicationId, number.block);
  const held: NotedNumbers = state.numbers.get(key) ?? new Map<string, NotedNumber>();
  for (const [name, { at }] of held) if (at + life + NUMBERS_WINDOW_MS <= now) held.delete(name);
  const evidence = new Map([...held].filter(([, noted]) => !noted.void));
  const near = number.neighbours
    .flatMap((name) => evidence.get(name) ?? [])
    .filter(({ at }) => at + NUMBERS_WINDOW_MS > now);
  const over = [...evidence.values()].filter(({ at }) => at + life <= now);
  const isNew = !evidence.has(number.name) && evidence.size < MOST_NUMBERS;
  const noted = { at: now, by: deliveryId, network: number.network };
  if (isNew) held.set(number.name, noted);
  const all = [...evidence.values(), ...(isNew ? [noted] : [])];
  keep(state.numbers, key, held);

  const approved = (state.approvedBlocks.get(key) ?? 0) + life + NUMBERS_WINDOW_MS > now;
  const { sequence, spread, block } = number;
  const trips: Trip[] = [];
  const trip = (detector: 'pumping-sequence' | 'pumping-block', counted: number, reach: Reach) => {
    if (reach === 'none') return;
    const place = reach === 'network' ? placeOf(block, number.network ?? '') : block;
    const name = nameOf(detector, place);
    const breaker = send.breakers.find((known) => known.name === name);
    if (!breaker || state.held(applicationId, breaker).opened) return;
    trips.push(state.trip(applicationId, breaker, { counted, good: 0 }));
    if (reach === 'network') return;
    for (const one of held.values()) one.void = true;
    state.approvedBlocks.delete(key);
  };
  const reachOf = (numbers: NotedNumber[], least: number) => reachIn(numbers, { least, network: number.network });
  if (sequence) trip('pumping-sequence', near.length + 1, reachOf(near, sequence.neighbours));
  const reaches = spread && !approved ? [reachOf(over, spread.numbers), reachOf(all, burstOf(spread.numbers))] : [];
  trip('pumping-block', all.length, REACHES.find((reach) => reaches.includes(reach)) ?? 'none');
  return trips;
}

/** For whom a block is closed, the widest first. */
const REACHES = ['all', 'network', 'none'] as const;
type Reach = (typeof REACHES)[number];

/** Of what closes a block for all, one network brings no more than half. */
function reachIn(numbers: NotedNumber[], { least, network }: { least: number; network: string | null }): Reach {
  const tally = new Map<string | null, number>();
  for (const { network: of } of numbers) tally.set(of, (tally.get(of) ?? 0) + 1);
  const most = Math.max(1, Math.floor(least / 2));
  const counts = [...tally].map(([of, count]) => (of === null ? count : Math.min(count, most)));
  if (counts.reduce((sum, count) => sum + count, 0) >= least) return 'all';
  return network !== null && (tally.get(network) ?? 0) >= least ? 'network' : 'none';
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
