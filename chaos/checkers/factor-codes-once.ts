import type { TypedFactor } from '../history/conversations.js';
import type { Dumps } from '../history/dumps.js';
import type { History } from '../history.js';
import type { Verdict, Violation } from '../verdict.js';
import { groupedBy } from './answers.js';
import { factorTypings, type Typing } from './factor-typings.js';
import { verdictOf } from './verdict-of.js';

/** I9: a step of an authenticator and a backup code are taken in for one thing, in growing order, and the ledger knows. */
export function factorCodesOnce({ calls, dumps }: History): Verdict {
  const typings = factorTypings(calls);
  const codes = [...groupedBy(typings, ({ code }) => code).values()];
  const raced = codes.filter((all) => all.some(isTaken) && new Set(all.map(({ purpose }) => purpose)).size > 1);
  const accepts = Math.max(0, ...codes.map((all) => takenFor(all).length));
  const used = typings.filter(
    ({ call: { answer } }) => answer.kind === 'answered' && answer.body.reason === 'already-used',
  );
  return verdictOf('I9', 'A code of a factor is taken once', {
    exercised: raced.length > 0,
    figure: `accepts per code ${String(accepts)} at most; ${String(raced.length)} were typed for several things, ${String(used.length)} times told as used`,
    violations: [...codes.flatMap(takenTwice), ...stepsBack(typings), ...notInLedger(typings, dumps)],
  });
}

const isTaken = ({ taken }: Typing) => taken;
const takenFor = (typings: Typing[]) => [...new Set(typings.filter(isTaken).map(({ purpose }) => purpose))];

function takenTwice(typings: Typing[]): Violation[] {
  const purposes = takenFor(typings);
  if (purposes.length < 2) return [];
  const what = `${typings[0]?.code ?? ''} was taken ${String(purposes.length)} times: ${purposes.join(', ')}`;
  return [{ what, verificationId: purposes.at(-1) ?? null }];
}

/** A step that was typed after a later one had been told as taken: the window is no way back. */
function stepsBack(typings: Typing[]): Violation[] {
  const authenticators = groupedBy(typings, ({ factor }) => (factor.step === null ? null : factor.of));
  return [...authenticators.values()].flatMap((ofOne) =>
    [...groupedBy(ofOne, ({ code, purpose }) => `${code} ${purpose}`).values()].flatMap((tries) => {
      // What was taken before its answer was lost is typed again later.
      const typedAtMs = Math.min(...tries.map(({ call }) => call.sentAtMs));
      const [late] = tries.filter(isTaken);
      const later = ofOne.find(
        ({ call, factor, taken }) =>
          late && taken && stepIn(factor) > stepIn(late.factor) && call.endedAtMs <= typedAtMs,
      );
      if (!late || !later) return [];
      return [{ what: `${late.code} was taken after ${later.code}`, verificationId: late.call.verificationId }];
    }),
  );
}

const stepIn = ({ step }: TypedFactor) => step?.number ?? 0;

function notInLedger(typings: Typing[], { factors, backupCodes }: Dumps): Violation[] {
  const steps = new Map(factors.map(({ id, last_step }) => [id, Number(last_step ?? -1)]));
  const used = new Set(backupCodes.map(({ taken_for }) => taken_for));
  const unknown = typings.filter(({ factor, purpose, taken }) => {
    const known = factor.step === null ? used.has(purpose) : (steps.get(factor.of) ?? -1) >= factor.step.number;
    return taken && !known;
  });
  return unknown.map(({ code, call }) => ({
    what: `${code} was taken, and the ledger does not know`,
    verificationId: call.verificationId,
  }));
}
