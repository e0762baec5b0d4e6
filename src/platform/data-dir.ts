import { randomBytes } from 'node:crypto';
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { StartupRefused } from './startup.js';

/**
 * The embedded mode's folder. One process at a time: two on one database would silently diverge, so a lock file with the
 * owner's pid stands in it. A lock whose owner is gone is taken over.
 */
export class DataDir {
  private constructor(readonly path: string) {}

  /** @throws {StartupRefused} when another process holds the folder. */
  static lock(path: string): DataDir {
    const folder = resolve(path);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const mine = join(folder, `lock.${String(process.pid)}.${randomBytes(4).toString('hex')}`);
    // Written whole before it is given its name: nobody ever reads half a pid.
    writeFileSync(mine, String(process.pid), { mode: 0o600 });
    try {
      if (!tookOver(mine, join(folder, 'lock'))) throw locked(folder, ownerOf(join(folder, 'lock')));
      return new DataDir(folder);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  release(): void {
    rmSync(join(this.path, 'lock'), { force: true });
  }

  /** Content of a private file; null when there is none. */
  recall(name: string): string | null {
    try {
      return readFileSync(join(this.path, name), 'utf8').trim();
    } catch {
      return null;
    }
  }

  /** Reads a private file, or makes it once from `make` with mode 0600. */
  remember(name: string, make: () => string): string {
    const kept = this.recall(name);
    if (kept !== null) return kept;
    const value = make();
    const handle = openSync(join(this.path, name), 'wx', 0o600);
    writeSync(handle, `${value}\n`);
    closeSync(handle);
    return value;
  }

  /** The keyring of an embedded process, made once. In production secrets come from the environment only. */
  secrets(): string {
    return this.remember('secrets', () => `local:${randomBytes(32).toString('base64')}`);
  }
}

/** The pid in a lock file when that process is alive, else null. */
function ownerOf(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (!Number.isInteger(pid) || pid < 1 || pid === process.pid) return null;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? -1 : null;
  }
}

/**
 * Gives `mine` the lock's name, unless a living process has it. One lock is replaced by one process only: whoever holds the
 * heir's name of that very file, and finds it unchanged then. A lock is never moved away, so nobody can slip in between.
 */
function tookOver(mine: string, lock: string): boolean {
  if (linked(mine, lock)) return true;
  const left = fileId(lock);
  if (left === null || ownerOf(lock) !== null) return false;
  const heir = `${lock}.heir-of-${left}`;
  if (!linked(mine, heir)) return false;
  try {
    if (fileId(lock) !== left) return false;
    renameSync(heir, lock);
    return true;
  } finally {
    rmSync(heir, { force: true });
  }
}

/** Names one file of all that have stood at this path: a number is used again, but not at the same nanosecond. */
function fileId(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? `${String(stat.ino)}-${String(stat.mtimeNs)}` : null;
}

/** A hard link is made whole or not at all, and never over an existing name. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function locked(folder: string, owner: number | null): StartupRefused {
  const holder = owner !== null && owner > 0 ? `process ${String(owner)}` : 'another process';
  return new StartupRefused([
    `DATA_DIR: ${folder} is in use by ${holder}. Stop it, or give this one another DATA_DIR. ` +
      `If that is not Einmal any more, delete ${join(folder, 'lock')}.`,
  ]);
}
