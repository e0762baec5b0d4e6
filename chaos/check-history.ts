import { approvedOnce } from './checkers/approved-once.js';
import { clocksAgree } from './checkers/clocks-agree.js';
import { duplicatesBounded } from './checkers/duplicates-bounded.js';
import { eventsTold } from './checkers/events-told.js';
import { factorCodesOnce } from './checkers/factor-codes-once.js';
import { failsClosed } from './checkers/fails-closed.js';
import { failureBudget } from './checkers/failure-budget.js';
import { guessesBounded } from './checkers/guesses-bounded.js';
import { noCodeAtRest } from './checkers/no-code-at-rest.js';
import { nothingLost } from './checkers/nothing-lost.js';
import { overloadSheds } from './checkers/overload-sheds.js';
import { reportsForward } from './checkers/reports-forward.js';
import { restartUnnoticed } from './checkers/restart-unnoticed.js';
import { sendsLimited } from './checkers/sends-limited.js';
import { tenantsApart } from './checkers/tenants-apart.js';
import type { History } from './history.js';
import type { Verdict } from './verdict.js';

/**
 * One checker per invariant, in the order of docs/conformance.md. I11 (locks), I16 (restore) and I17 (rotation) have suites of
 * their own.
 */
const CHECKERS: ((history: History) => Verdict)[] = [
  ...[
    approvedOnce,
    guessesBounded,
    failureBudget,
    sendsLimited,
    nothingLost,
    duplicatesBounded,
    noCodeAtRest,
    reportsForward,
  ],
  ...[factorCodesOnce, tenantsApart, overloadSheds, eventsTold, restartUnnoticed, clocksAgree, failsClosed],
];

/** All checkers over what a run wrote down. */
export const checkHistory = (history: History): Verdict[] => CHECKERS.map((check) => check(history));
