import { execFile } from 'node:child_process';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Debian asks this file before it starts a daemon; 101 is "forbidden by policy" (invoke-rc.d(8)). */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Installs a Debian package, and keeps the daemon it brings from being started: the tests start their own, private one.
 *
 * @throws an error with `otherwise` as its text where this process may not install (no root, no Debian), or when it failed.
 */
export async function installPackage(name: string, otherwise: string): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error(otherwise);
  console.log(`installing the Debian package ${name} for the tests`);
  try {
    await withoutDaemons(async () => {
      const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 2 ** 26 };
      await run('apt-get', ['update'], options);
      const flags = ['--yes', '--no-install-recommends', '--option', 'DPkg::Lock::Timeout=300'];
      await run('apt-get', ['install', ...flags, name], options);
    });
  } catch (cause) {
    throw new Error(otherwise, { cause });
  }
}

/** Puts the machine's own policy file back as it was, also after a failure. */
async function withoutDaemons(work: () => Promise<void>): Promise<void> {
  const before = await remember(POLICY);
  await write({ content: Buffer.from('#!/bin/sh\nexit 101\n'), mode: 0o755 });
  try {
    await work();
  } finally {
    await (before === null ? rm(POLICY) : write(before));
  }
}

async function remember(file: string): Promise<{ content: Buffer; mode: number } | null> {
  try {
    return { content: await readFile(file), mode: (await stat(file)).mode & 0o7777 };
  } catch {
    return null;
  }
}

async function write({ content, mode }: { content: Buffer; mode: number }): Promise<void> {
  await writeFile(POLICY, content);
  await chmod(POLICY, mode);
}
