// npm run bench:ledger [-- --rows N]: P7, what a large ledger costs. It never fails because something is slow.
import { parseArgs } from 'node:util';
import { exitWhenInterrupted } from '../../chaos/command/scratch.js';
import { orExplain } from '../../chaos/command/wrong-option.js';
import { keepResults } from '../report/results-file.js';
import { table } from '../report/table.js';
import { Stage } from '../stage/stage.js';
import { fillLedger } from './fill-ledger.js';
import { ledgerOf } from './ledger-of.js';
import { loginCost } from './login-cost.js';
import { retentionCost } from './retention-cost.js';
import { upkeepCost } from './upkeep-cost.js';

const rows = await orExplain(readHowMany);
exitWhenInterrupted();

const startedAt = new Date();
const stage = await Stage.open();
try {
  const [empty, full] = [
    await stage.deploy('short-lived', stage.redis),
    await stage.deploy('short-lived', stage.redis),
  ];
  const applicationId = await full.world.cli('application', 'create', 'filled', '--countries', 'all');
  console.log(`filling about ${String(rows)} rows …`);
  const filled = await fillLedger(full.world.databaseUrl, applicationId, rows);
  console.log(`${JSON.stringify(filled)} after ${seconds()} s; logging in …`);
  const figures = await loginCost(stage, empty, full);
  console.log(`\n${table(figures)}\n`);
  const ledger = await ledgerOf(full.world);
  const upkeep = [
    ...(await upkeepCost(ledger.database, applicationId)),
    ...(await retentionCost(stage, ledger.database)),
  ];
  await ledger.close();
  console.log(`\n${table(upkeep)}\n`);
  console.log(`${seconds()} s; kept in ${await keepResults([...figures, ...upkeep], startedAt)}`);
} finally {
  await stage.close();
}
process.exit(0);

function seconds(): string {
  return String(Math.round((Date.now() - startedAt.getTime()) / 1_000));
}

function readHowMany(): number {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '5000000' } } });
  const howMany = Number(values.rows);
  if (Number.isSafeInteger(howMany) && howMany >= 10_000) return howMany;
  throw new Error('--rows is a whole number from 10000 on');
}
