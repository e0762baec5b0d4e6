// Loaded into a service by `node --import`: sends it SIGNAL when it reaches the step named in SIGNAL_AT_STEP
// (src/shared/steps.ts) for the SIGNAL_AT_COUNT-th time. SIGKILL and SIGSTOP to oneself take effect before kill(2)
// returns, so nothing after the step runs: no handler, no flush.
import { subscribe } from 'node:diagnostics_channel';

let left = Number(process.env['SIGNAL_AT_COUNT']);

subscribe('einmal:step', (step) => {
  if (step !== process.env['SIGNAL_AT_STEP']) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, process.env['SIGNAL']);
});
