import { NOT_EXERCISED } from '../checkers/verdict-of.js';
import type { History } from '../history.js';
import type { Verdict } from '../verdict.js';
import { evidenceOf } from './evidence.js';
import { recoveries, secondsToTerminal } from './recovery.js';

/** Of an invariant that is broken many times, so many are told with their evidence. */
const TOLD = 3;

/** What there is to say at the end of a run, a line each. */
export function tell(history: History, verdicts: Verdict[]): string[] {
  return ['', ...traffic(history), '', ...table(verdicts), '', ...recovery(history), ...accusations(history, verdicts)];
}

function traffic({ calls, messages, reports, faults, drained, dumps }: History): string[] {
  const answers = new Map<string, number>();
  for (const { kind, answer } of calls) {
    const what = answer.kind === 'none' ? answer.why : `${String(answer.status)} ${answer.body.code ?? ''}`.trim();
    answers.set(`${kind} ${what}`, (answers.get(`${kind} ${what}`) ?? 0) + 1);
  }
  const sorted = [...answers].sort(([, a], [, b]) => b - a).map(([what, count]) => `${what}: ${String(count)}`);
  const counts = [
    [dumps.verifications.length, 'verifications'],
    [calls.length, 'calls'],
    [messages.length, 'messages'],
    [reports.length, 'reports'],
    [faults.length, 'faults'],
  ] as const;
  const givenUp = faults.filter((fault) => fault.givenUp).map(({ kind, target }) => `${kind} ${target}`.trim());
  return [
    counts.map(([count, what]) => `${String(count)} ${what}`).join(', ') + (drained ? '' : '; NOT DRAINED'),
    ...(givenUp.length > 0 ? [`NOT PUT RIGHT: ${givenUp.join(', ')}`] : []),
    `answers: ${sorted.join(', ')}`,
  ];
}

const table = (verdicts: Verdict[]): string[] =>
  verdicts.map((verdict) => {
    const { invariant, title, figure } = verdict;
    const result = resultOf(verdict);
    const shown = result === NOT_EXERCISED ? '' : figure;
    return `${invariant.padEnd(4)} ${result.padEnd(NOT_EXERCISED.length)}  ${title.padEnd(48)} ${shown}`.trimEnd();
  });

function resultOf({ figure, violations }: Verdict): string {
  if (violations.length > 0) return 'BROKEN';
  return figure === NOT_EXERCISED ? NOT_EXERCISED : 'holds';
}

function recovery(history: History): string[] {
  const { p50, p99, of } = secondsToTerminal(history);
  const each = recoveries(history).map(({ kind, times, medianOutage, longestOutage }) => {
    const outage = `${medianOutage.toFixed(2)} s, at most ${longestOutage.toFixed(2)} s`;
    return `${kind.padEnd(19)} ${String(times).padStart(3)} ×  503 or no answer for ${outage}`;
  });
  return [`accepted to terminal: p50 ${p50.toFixed(1)} s, p99 ${p99.toFixed(1)} s, of ${String(of)}`, ...each];
}

function accusations(history: History, verdicts: Verdict[]): string[] {
  const broken = verdicts.filter(({ violations }) => violations.length > 0);
  if (broken.length === 0) return [];
  const lines = broken.flatMap(({ invariant, violations }) => [
    '',
    `${invariant}: ${String(violations.length)} violations`,
    ...violations
      .slice(0, TOLD)
      .flatMap(({ what, verificationId }) => [
        `  ${what}`,
        ...(verificationId === null ? [] : evidenceOf(history, verificationId).map((line) => `    ${line}`)),
      ]),
  ]);
  return [...lines, '', `the same schedule and people again: the same options with --seed ${String(history.seed)}`];
}
