// npm run bench [-- --only P2,P4]: measures, prints a table and keeps it as JSON. It never fails because something is slow; a
// row that breaks is named at the end, and the others are measured all the same.
import { parseArgs } from 'node:util';
import { exitWhenInterrupted } from '../chaos/command/scratch.js';
import { orExplain } from '../chaos/command/wrong-option.js';
import type { Figure } from './report/figure.js';
import { keepResults } from './report/results-file.js';
import { table } from './report/table.js';
import { ROWS } from './rows.js';
import { Stage } from './stage/stage.js';

const wanted = await orExplain(readRows);
exitWhenInterrupted();

const startedAt = new Date();
const figures: Figure[] = [];
const broken: string[] = [];
const stage = await Stage.open();
try {
  for (const name of wanted) {
    console.log(`${name} …`);
    const rowStartedAt = performance.now();
    const measured = await ROWS[name]?.(stage).catch((error: unknown) => {
      console.error(error);
      broken.push(name);
    });
    console.log(`${name}: ${String(Math.round((performance.now() - rowStartedAt) / 1_000))} s`);
    if (!measured) continue;
    figures.push(...measured);
    if (wanted.length > 1) console.log(table(measured));
  }
} finally {
  await stage.close();
}

console.log(`\n${table(figures)}\n`);
const seconds = Math.round((Date.now() - startedAt.getTime()) / 1_000);
console.log(`${String(seconds)} s; kept in ${await keepResults(figures, startedAt)}`);
if (broken.length > 0) console.log(`not measured: ${broken.join(', ')}`);
process.exit(broken.length > 0 ? 1 : 0);

/** @throws an error that says which row there is not. */
function readRows(): string[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const rows = values.only?.toUpperCase().split(',') ?? Object.keys(ROWS);
  const unknown = rows.filter((name) => !(name in ROWS));
  if (unknown.length === 0) return rows;
  throw new Error(`no such row: ${unknown.join(', ')}; there are ${Object.keys(ROWS).join(', ')}`);
}
