import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDir } from './data-dir.js';
import { parseSecrets } from './keyring/secrets.js';
import { StartupRefused } from './startup.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'einmal-data-')), 'data');
});
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

const lockFile = () => join(folder, 'lock');
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe('the lock of a data folder', () => {
  it('names its owner, in a folder of its own', () => {
    DataDir.lock(folder);
    expect(readFileSync(lockFile(), 'utf8')).toBe(String(process.pid));
    expect(modeOf(folder)).toBe('700');
    expect(modeOf(lockFile())).toBe('600');
  });

  it('keeps another process out and says which one holds it', () => {
    DataDir.lock(folder).release();
    writeFileSync(lockFile(), String(process.ppid));
    expect(() => DataDir.lock(folder)).toThrow(StartupRefused);
    expect(() => DataDir.lock(folder)).toThrow(`in use by process ${String(process.ppid)}`);
    expect(readFileSync(lockFile(), 'utf8')).toBe(String(process.ppid));
  });

  it('is taken over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    DataDir.lock(folder).release();
    writeFileSync(lockFile(), String(pid));
    DataDir.lock(folder);
    expect(readFileSync(lockFile(), 'utf8')).toBe(String(process.pid));
  });

  it.each(['', 'x', '-1', '0'])('is taken over when a crash left %j in it', (content) => {
    DataDir.lock(folder).release();
    writeFileSync(lockFile(), content);
    expect(DataDir.lock(folder).path).toBe(folder);
  });

  it('is free again once released', () => {
    DataDir.lock(folder).release();
    expect(existsSync(lockFile())).toBe(false);
    expect(DataDir.lock(folder).path).toBe(folder);
  });
});

describe('what a data folder remembers', () => {
  it('is made once, for its owner only', () => {
    const first = DataDir.lock(folder);
    expect(first.remember('first-key', () => 'one')).toBe('one');
    expect(first.remember('first-key', () => 'two')).toBe('one');
    first.release();
    expect(DataDir.lock(folder).remember('first-key', () => 'three')).toBe('one');
    expect(modeOf(join(folder, 'first-key'))).toBe('600');
  });

  it('includes secrets that are as good as any of production', () => {
    const text = DataDir.lock(folder).secrets();
    expect(parseSecrets(text)).toMatchObject({ problems: [], secrets: [{ kid: 'local' }] });
    expect(DataDir.lock(folder).secrets()).toBe(text);
  });
});
