import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Below what the kernel gives to outgoing connections and to whoever asks for any port: none of those takes one of these. */
const FIRST = 12_000;
const LAST = 32_000;
const CLAIMS = join(tmpdir(), 'einmal-test-ports');

/**
 * A loopback port for a server of a test, also one that is stopped and started again there: it is this process's as long as
 * the process lives.
 */
export async function freePort(): Promise<number> {
  await mkdir(CLAIMS, { recursive: true });
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if ((await claim(port)) && (await isFree(port))) return port;
  }
}

/** A claim is a file with the process's number, made only where there is none. One of a process that is gone counts for nothing. */
async function claim(port: number): Promise<boolean> {
  const file = join(CLAIMS, String(port));
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    if (probe.listening) {
      probe.close();
      await once(probe, 'close');
    }
  }
}
