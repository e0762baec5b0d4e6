/**
 * Writes openapi.json, the API document that is committed, as the compiled service serves it. A test fails while the two differ.
 * Runs the service embedded, on a free port and in a folder of its own, and removes the folder afterwards.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../openapi.json', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'einmal-openapi-'));
const service = spawn(process.execPath, [MAIN], {
  cwd: folder,
  env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), HOST: '127.0.0.1', PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(service, 'exit');
try {
  const response = await fetch(`http://127.0.0.1:${await portOf(service)}/openapi.json`);
  await writeFile(FILE, `${JSON.stringify(await response.json(), null, 2)}\n`);
  console.log(`Wrote ${FILE}`);
} finally {
  service.kill();
  await ended;
  await rm(folder, { recursive: true, force: true });
}

/** The port stands in the log line with which the service says that it listens. */
async function portOf({ stdout }) {
  for await (const line of createInterface(stdout)) {
    const { event, port } = line.startsWith('{') ? JSON.parse(line) : {};
    if (event === 'service.listening') return port;
  }
  throw new Error('The service ended before it listened.');
}
