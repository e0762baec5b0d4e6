import 'reflect-metadata';
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
  // One place tells why the process does not start; a stack trace helps nobody who has to mend a variable.
  console.error(error instanceof StartupRefused ? error.message : error);
  process.exit(1);
}
