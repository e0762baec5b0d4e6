import { DomainError } from '../shared/domain-error.js';
import { readEnvironment } from '../startup.js';
import { execute } from './execute.js';
import { openLedger } from './open-ledger.js';
import { parseCommand, USAGE } from './parse-command.js';

/** Where lines go: `out` what was asked for, `err` everything else. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
}

const NO_COUNTRIES = `It names no countries. Unless "defaults" of the configuration file does, it reaches e-mail only; phones once its settings name
countries. Another time: application create NAME --countries DE,AT (or all).`;

/**
 * Runs one command of the command line.
 *
 * @param source the environment; the process's own when absent.
 * @returns the exit code: 0 done, 1 refused or failed, 2 not understood.
 */
export async function run(args: string[], terminal: Terminal, source?: NodeJS.ProcessEnv): Promise<0 | 1 | 2> {
  const command = parseCommand(args);
  if (!command) {
    terminal.err(USAGE);
    return 2;
  }
  if (command.kind === 'not-understood') {
    terminal.err(command.why);
    return 2;
  }
  try {
    const ledger = await openLedger(readEnvironment(source));
    try {
      terminal.out(await execute(command, ledger));
      if (command.kind === 'create-application' && !command.countries) terminal.err(NO_COUNTRIES);
    } finally {
      await ledger.close();
    }
    return 0;
  } catch (error) {
    terminal.err(tell(error));
    return 1;
  }
}

function tell(error: unknown): string {
  if (error instanceof DomainError) return error.detail;
  return error instanceof Error ? error.message : String(error);
}
