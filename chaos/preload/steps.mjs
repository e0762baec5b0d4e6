// Loaded into every node of a run by `node --import`. Writes each step it reaches (src/shared/steps.ts) to CHAOS_STEPS, at once,
// so that the list survives a kill. SIGUSR2 makes it read its orders from CHAOS_ORDERS: `<step> <signal>`, or nothing to forget
// them. SIGKILL and SIGSTOP to oneself take effect before kill(2) returns, so nothing after the step runs.
import { subscribe } from 'node:diagnostics_channel';
import { openSync, readFileSync, writeSync } from 'node:fs';

const steps = openSync(process.env['CHAOS_STEPS'], 'a');
let orders = [];

process.on('SIGUSR2', () => {
  orders = readFileSync(process.env['CHAOS_ORDERS'], 'utf8').split(' ');
});

subscribe('einmal:step', (step) => {
  writeSync(steps, `${step}\n`);
  if (step !== orders[0]) return;
  const [, signal] = orders;
  orders = [];
  process.kill(process.pid, signal);
});
