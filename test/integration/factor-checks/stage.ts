import type { FactorCalls } from '../../support/factor-calls.js';

/** One service for all suites; filled before the first test. */
export interface Stage {
  calls: FactorCalls;
}
