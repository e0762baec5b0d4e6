// Loaded into a service by `node --import`: kills it without warning when it reaches the step named in CRASH_AT
// (src/shared/steps.ts), for the CRASH_AT_COUNT-th time (default 1). SIGKILL to oneself takes effect before kill(2)
// returns, so nothing after the step runs, no handler and no flush.
import { subscribe } from 'node:diagnostics_channel';

let left = Number(process.env['CRASH_AT_COUNT'] ?? 1);

subscribe('einmal:step', (step) => {
  if (step !== process.env['CRASH_AT']) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
