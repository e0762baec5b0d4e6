/** What watches, by the names that people see. */
export const DETECTORS = [
  'conversion-block',
  'conversion-network',
  'conversion-country',
  'conversion-application',
  'pumping-sequence',
  'pumping-block',
  'spray-network',
  'spray-key',
] as const;
export type Detector = (typeof DETECTORS)[number];

/** A detector at one place: what it counts, when it trips, and for how long. */
export interface Breaker {
  /** {@link nameOf} its detector and place; unique within an application. */
  name: string;
  /** Whether it refuses while it is tripped; else it only tells. */
  refuses: boolean;
  /** What is counted for how long; sub-buckets of `widthMs` leave it together. */
  windowMs: number;
  widthMs: number;
  /** So many must have been counted. 0: others decide when it trips. */
  least: number;
  /** Of what was counted, the part that must have come to a good end. */
  share: number;
  blockMs: number;
  /**
   * Whether many people are behind it who have nothing to do with each other. Then a good day asks for more evidence, a tenth of what
   * was approved in the last 24 hours; and one narrow place brings no more than {@link MOST_OF_ONE_PLACE} of it.
   */
  wide: boolean;
  /** Where the send comes from and goes to, for a wide one: while it is tried out, one of each place is let through at a time. */
  places: readonly string[];
}

/** A breaker that tripped. */
export interface Trip {
  name: string;
  /** Epoch milliseconds. */
  since: number;
  until: number;
  /** What was counted, and how many of it came to a good end. */
  counted: number;
  good: number;
}

/**
 * So many sends of one block, and of one network, count in a wide breaker while nobody types their codes. What comes from a few places
 * is for their own breakers; that of a country trips when it comes from everywhere.
 */
export const MOST_OF_ONE_PLACE = 3;

/** So many are let through when a breaker was tripped for its time. */
export const PROBES = 5;

/** So many of them must be approved, and it clears. */
export const GOOD_PROBES = 2;

/** Sub-buckets in a window: fine enough that it is forgotten gradually, few enough that counting stays cheap. */
const SUB_BUCKETS = 20;

export const widthOf = (windowMs: number): number => Math.ceil(windowMs / SUB_BUCKETS);

/** @param place a country, a block of numbers, a network, an API key; empty for the whole application. */
export const nameOf = (detector: Detector, place: string): string => (place === '' ? detector : `${detector}:${place}`);

/** A block as it is written to from one network: it is closed for that network alone while all evidence comes from there. */
export const placeOf = (block: string, network: string): string => `${block} from ${network}`;

/** The detector and the place behind a name. */
export function readName(name: string): { detector: string; place: string } {
  const [detector = ''] = name.split(':', 1);
  return { detector, place: name.slice(detector.length + 1) };
}

/** So many trips of an application are listed; of more, the last ones. parts/trip.lua says the same. */
export const MOST_TRIPS = 1_000;

/** A breaker that nobody tried out for so long after its time is forgotten. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/**
 * Whether a trip is of the past: a spray's when its time is over; others are tried out then, and forgotten when nobody comes.
 */
export function isOver({ name, until }: Trip, now: number): boolean {
  return until + (name.startsWith('spray-') ? 0 : FORGOTTEN_AFTER_MS) <= now;
}
