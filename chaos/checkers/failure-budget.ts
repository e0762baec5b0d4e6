import { DEFAULT_RULES } from '../../src/limits/domain/default-rules.js';
import type { To } from '../../test/support/api-client.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy, wrongGuesses } from './answers.js';
import { betweenLosses, fullestWindow, redisLosses, type Span } from './redis-losses.js';
import { verdictOf } from './verdict-of.js';

const RULES = DEFAULT_RULES.filter(({ on, by }) => on === 'failed-check' && by.join() === 'recipient');

interface Guess extends Span {
  budget: string;
}

/** I3: a recipient's failure budget survives resends, new verifications and restarts; what a lost Redis gives back is reported. */
export function failureBudget(history: History): Verdict {
  const budgets = groupedBy(guesses(history), ({ budget }) => budget);
  const losses = redisLosses(history.faults);
  const violations = [...budgets].flatMap(([budget, all]) =>
    betweenLosses(all, losses).flatMap((counted) => aboveRules(budget, counted)),
  );
  const tightest = Math.min(...RULES.map(({ max }) => max));
  const full = [...budgets.values()].filter((all) => all.length >= tightest).length;
  const extra = [...budgets.values()].reduce((sum, all) => sum + Math.max(0, all.length - tightest), 0);
  return verdictOf('I3', 'The failure budget of a recipient holds', {
    exercised: full > 0,
    figure: `${String(full)} recipients at their budget; guesses above it: ${String(extra)}, after ${String(losses.length)} losses of Redis`,
    violations,
  });
}

function aboveRules(budget: string, counted: Guess[]): Violation[] {
  return RULES.flatMap(({ name, max, windowSeconds }) => {
    const most = fullestWindow(windowSeconds * 1_000, counted).length;
    if (most <= max) return [];
    return [{ what: `${budget}: ${String(most)} wrong guesses, ${name} allows ${String(max)}`, verificationId: null }];
  });
}

function guesses({ calls }: History): Guess[] {
  // Guesses at a factor are counted against the factor (R69).
  const atMessages = wrongGuesses(calls).filter(({ call }) => call.typed?.factor === undefined);
  return atMessages.map(({ call }) => ({
    budget: `${call.applicationId} ${countedAs(call.to)}`,
    fromMs: call.sentAtMs,
    untilMs: call.endedAtMs,
  }));
}

/** The phone where there is one, whatever channel carried the code: the service counts a person's failures there. */
const countedAs = ({ phone, email }: To): string => phone ?? email ?? '';
