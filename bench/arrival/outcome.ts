import type { Journey } from './journey.js';
import { isReachable } from './people.js';
import { LIFE_MS } from './policies.js';

/** How a policy did. Shares and times are of the people whom some channel can reach. */
export interface Outcome {
  policy: string;
  people: number;
  reachable: number;
  reached: number;
  approved: number;
  /** Seconds until the first code was in hand; null when so many never had one in time. */
  medianSeconds: number | null;
  p95Seconds: number | null;
  messagesPerPerson: number;
  /** Handed over while the person had a code already, per person. */
  needlessPerPerson: number;
  /** More than one message for one delivery. */
  duplicates: number;
}

export function outcomeOf(policy: string, journeys: Journey[], duplicates: number): Outcome {
  const reachable = journeys.filter(({ person }) => isReachable(person));
  const times = reachable.map(({ inHandMs }) => inHandMs ?? Infinity);
  const per = (count: (journey: Journey) => number) =>
    round(journeys.reduce((sum, journey) => sum + count(journey), 0) / journeys.length, 2);
  return {
    policy,
    people: journeys.length,
    reachable: reachable.length,
    reached: share(times.filter((ms) => ms < LIFE_MS).length, reachable.length),
    approved: share(reachable.filter(({ approved }) => approved).length, reachable.length),
    medianSeconds: secondsUntil(0.5, times),
    p95Seconds: secondsUntil(0.95, times),
    messagesPerPerson: per(({ messages }) => messages),
    needlessPerPerson: per(({ needless }) => needless),
    duplicates,
  };
}

/** The time by which this share of the people had a code; those who never had one count as the slowest. */
export function secondsUntil(part: number, times: number[]): number | null {
  const sorted = times.toSorted((a, b) => a - b);
  const at = sorted[Math.ceil(part * sorted.length) - 1];
  return at === undefined || at === Infinity ? null : round(at / 1_000, 1);
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const share = (part: number, whole: number) => round(part / whole, 4);
