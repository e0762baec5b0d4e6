/** Numbers that are written to within this time belong together. */
export const NUMBERS_WINDOW_MS = 10 * 60_000;

/** How long it is remembered what of a verification was counted: longer than it can live (10 minutes). */
export const REMEMBERED_MS = 15 * 60_000;

/** Blocks are watched by at most so many numbers; more would tell nothing more. */
export const MOST_NUMBERS = 200;

/** So many numbers of a block within minutes, and not one approved, are enough without waiting until their codes are over. */
export const burstOf = (numbers: number): number => 2 * numbers;
