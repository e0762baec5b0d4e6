import type { Figure } from './report/figure.js';
import { checks } from './rows/checks.js';
import { liveVerifications } from './rows/live-verifications.js';
import { overload } from './rows/overload.js';
import { processes } from './rows/processes.js';
import { refusals } from './rows/refusals.js';
import { start } from './rows/start.js';
import { wholeLogins } from './rows/whole-login.js';
import type { Stage } from './stage/stage.js';

/** How each target is measured. */
export const ROWS: Record<string, (stage: Stage) => Promise<Figure[]>> = {
  P1: checks,
  P2: refusals,
  P4: wholeLogins,
  P5: overload,
  P6: liveVerifications,
  P8: processes,
  P9: start,
};
