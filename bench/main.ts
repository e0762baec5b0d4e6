// npm run bench [-- --only P2,P4]: measures, prints a table and keeps it as JSON. It never fails because something is slow.
import { parseArgs } from 'node:util';
import type { Figure } from './report/figure.js';
import { keepResults } from './report/results-file.js';
import { table } from './report/table.js';
import { ROWS } from './rows.js';
import { Stage } from './stage/stage.js';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.toUpperCase().split(',') ?? Object.keys(ROWS);
const unknown = wanted.filter((name) => !(name in ROWS));
if (unknown.length > 0)
  throw new Error(`no such row: ${unknown.join(', ')}; there are ${Object.keys(ROWS).join(', ')}`);

const startedAt = new Date();
const figures: Figure[] = [];
const stage = await Stage.open();
try {
  for (const name of wanted) {
    console.log(`${name} …`);
    const measured = (await ROWS[name]?.(stage)) ?? [];
    figures.push(...measured);
    if (wanted.length > 1) console.log(table(measured));
  }
} finally {
  await stage.close();
}

console.log(`\n${table(figures)}\n`);
const seconds = Math.round((Date.now() - startedAt.getTime()) / 1_000);
console.log(`${String(seconds)} s; kept in ${await keepResults(figures, startedAt)}`);
process.exit(0);
