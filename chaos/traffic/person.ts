import type { Application } from '../history.js';
import type { Seeded } from '../seeded.js';

/** An application of the run, with a key that may do everything an application's key can. */
export interface Tenant extends Application {
  key: string;
}

/** Somebody who logs in, with everything about it that is decided beforehand. */
export interface Person {
  number: number;
  /** The name of a habit (habits.ts). */
  habit: string;
  tenant: Tenant;
  phone: string;
  /** Absent: the plan has nothing to fall back on. */
  email: string | undefined;
  /** Whether the login flow names its requests, so that it can ask the same again. */
  careful: boolean;
  random: Seeded;
}

/**
 * A German mobile number of the `number`-th person; its ending chooses what the carrier does (carrier/courses.ts). Whoever comes next
 * is in another block of ten thousand: people who come in the order of their numbers are no people to a detector of pumping.
 */
export function phoneOf(number: number, ending: string | null): string {
  if (ending === null)
    return `+49151${String(number % 1_000).padStart(3, '0')}${String(1_000 + (Math.floor(number / 1_000) % 9_000))}7`;
  return `+4917${String(number % 10 ** 4).padStart(4, '0')}000${ending}`;
}

/** One more number of the same person, for those who come with many: `nth` from 0 to 899. */
export const extraPhoneOf = ({ number }: Person, nth: number) =>
  `+49152${String(100 + nth)}${String(1_000 + (number % 9_000))}7`;
