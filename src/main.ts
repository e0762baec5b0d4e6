import 'reflect-metadata';
import { inspect } from 'node:util';
import { StartupRefused } from './platform/startup.js';
import { startService } from './service.js';

/** A second signal while stopping ends the process at once. */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

try {
  const service = await startService();
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      for (const next of SIGNALS) process.once(next, () => process.exit(1));
      void service.stop().then(() => process.exit(0));
    });
  }
} catch (error) {
  // A stack trace helps nobody who has to mend a variable.
  const reason = error instanceof StartupRefused ? error.message : inspect(error);
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
