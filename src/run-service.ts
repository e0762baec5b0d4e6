import { inspect } from 'node:util';
import { StartupRefused } from './platform/startup.js';
import { startService, type Service } from './service.js';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** npm hands the terminal's Ctrl-C on, so one key press arrives twice. Only a later signal means "at once". */
const SAME_SIGNAL_MS = 1_000;

/** The program: starts the service, and ends the process when it can not start or is asked to stop. */
export async function runService(): Promise<void> {
  try {
    stopOnSignal(await startService());
  } catch (error) {
    // A stack trace helps nobody who has to mend a variable.
    const reason = error instanceof StartupRefused ? error.message : inspect(error);
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  }
}

function stopOnSignal(service: Service): void {
  let askedAt = 0;
  const onSignal = () => {
    if (askedAt === 0)
      service.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    else if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
    askedAt ||= Date.now();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
}
