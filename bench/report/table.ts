import { isReached, type Figure } from './figure.js';

const HEAD = ['', 'what', 'median', 'min … max', 'target', ''];

/** The figures as a table for a terminal, with the columns below each other. */
export function table(figures: Figure[]): string {
  const lines = [HEAD, ...figures.map(lineOf)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const padded = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = figures.flatMap(({ row, note }) => (note === undefined ? [] : [`${row}: ${note}`]));
  return [...padded, '', ...new Set(notes)].join('\n');
}

function lineOf(figure: Figure): string[] {
  const { row, what, value, unit } = figure;
  const reached = isReached(figure);
  return [
    row,
    what,
    `${short(value.median)} ${unit}`.trim(),
    `${short(value.min)} … ${short(value.max)}`,
    targetOf(figure),
    reached === null ? '' : reached ? 'reached' : 'missed',
  ];
}

function targetOf({ target }: Figure): string {
  if (!target) return '';
  return 'atLeast' in target ? `≥ ${String(target.atLeast)}` : `≤ ${String(target.atMost)}`;
}

/** Three digits that count. */
function short(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
