import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for everything that a run's servers write. */
export interface Scratch {
  folder: string;
  /** Removes it now, for who lives on after the run. */
  remove: () => void;
}

/**
 * Makes a folder under the system's temporary one. It is gone when this process ends, also by an error or a closed pipe; only
 * SIGKILL leaves it behind.
 */
export function openScratch(name: string): Scratch {
  const folder = mkdtempSync(join(tmpdir(), `einmal-${name}-`));
  // Postgres runs as another user where we are root, and must get to its folder.
  chmodSync(folder, 0o711);
  const remove = () => {
    process.off('exit', remove);
    // Servers are killed at the same exit and may write until they are: then the folder is not empty, and is tried again.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  process.on('exit', remove);
  return { folder, remove };
}

/** Ctrl-C and SIGTERM end the process by its `exit`, which takes servers and folders along. */
export function exitWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      process.exit(130);
    });
}
