import type { Figure } from './report/figure.js';
import { refusals } from './rows/refusals.js';
import { wholeLogins } from './rows/whole-login.js';
import type { Stage } from './stage/stage.js';

/** How each target is measured. */
export const ROWS: Record<string, (stage: Stage) => Promise<Figure[]>> = {
  P2: refusals,
  P4: wholeLogins,
};
