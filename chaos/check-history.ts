import type { History } from './history.js';
import type { Verdict } from './verdict.js';

const CHECKERS: readonly ((history: History) => Verdict)[] = [];

/** Every checker's verdict on what a run wrote down. */
export function checkHistory(history: History): Verdict[] {
  return CHECKERS.map((check) => check(history));
}
