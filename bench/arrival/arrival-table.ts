import type { Outcome } from './outcome.js';

const COLUMNS: readonly [head: string, cell: (outcome: Outcome) => string][] = [
  ['', ({ policy }) => policy],
  ['reached', ({ reached }) => percent(reached)],
  ['approved', ({ approved }) => percent(approved)],
  ['median', ({ medianSeconds }) => seconds(medianSeconds)],
  ['p95', ({ p95Seconds }) => seconds(p95Seconds)],
  ['messages', ({ messagesPerPerson }) => messagesPerPerson.toFixed(2)],
  ['needless', ({ needlessPerPerson }) => needlessPerPerson.toFixed(2)],
  ['duplicates', ({ duplicates }) => String(duplicates)],
];

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const seconds = (value: number | null) => (value === null ? 'never' : `${value.toFixed(1)} s`);

/** A line for each policy, with the columns below each other. */
export function arrivalTable(outcomes: Outcome[]): string {
  const lines = [COLUMNS.map(([head]) => head), ...outcomes.map((outcome) => COLUMNS.map(([, cell]) => cell(outcome)))];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
