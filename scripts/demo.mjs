/**
 * One login, start to end: the SMS fails by delivery report, the code arrives by the next channel, and the timeline says why.
 * Runs the compiled service embedded, on a free port and in a folder of its own, and removes both afterwards.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Ends in 00002: the sandbox reports an SMS to it as failed. */
const PHONE = '+4915031200002';
/** The whole takes about five seconds; a busy machine gets more. */
const PATIENCE_MS = 30_000;
const CHANNELS = { sms: 'SMS', voice: 'call', email: 'e-mail' };

const folder = await mkdtemp(join(tmpdir(), 'einmal-demo-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const service = startService();
process.once('SIGINT', () => service.kill('SIGTERM'));

try {
  const approved = await login();
  process.exitCode = approved ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopService();
  await rm(folder, { recursive: true, force: true });
}

async function login() {
  const key = await until('the service to be ready', firstKey);
  console.log('Somebody signs in. Their SMS will not arrive.\n');
  const started = await call(key, 'POST', '/v1/verifications', { to: { phone: PHONE, email: 'ada@example.org' } });
  const path = `/v1/verifications/${started.id}`;
  const message = await until('a code on another channel', () => sentElsewhere(key, started.id));
  await until('its report', async () => (await call(key, 'GET', path)).deliveries.at(-1).status === 'delivered');
  const [code] = /\d{6,10}/.exec(message.text) ?? [];
  console.log(`The ${CHANNELS[message.channel]} says: "${message.text}"\n`);
  await call(key, 'POST', `${path}/checks`, { code });
  const verification = await call(key, 'GET', path);
  print(verification);
  return verification.status === 'approved';
}

/** The key the service makes for its first visitor; undefined until it is ready. */
async function firstKey() {
  try {
    const { ok } = await fetch(`${url}/readyz`);
    return ok ? (await readFile(join(folder, 'first-key'), 'utf8')).trim() : undefined;
  } catch {
    return undefined;
  }
}

/** The message of a later channel than the SMS, which nobody got. */
async function sentElsewhere(key, id) {
  const { messages } = await call(key, 'GET', `/sandbox/messages?verificationId=${id}`);
  return messages.find(({ channel }) => channel !== 'sms');
}

function print({ status, deliveries, timeline }) {
  const start = Date.parse(timeline[0]?.at);
  for (const { at, event, channel, provider, detail } of timeline) {
    const time = `${((Date.parse(at) - start) / 1000).toFixed(2)} s`.padStart(8);
    const where = [CHANNELS[channel] ?? '', provider ? `via ${provider}` : ''].filter(Boolean).join(' ');
    console.log(`${time}  ${event.padEnd(24)} ${where.padEnd(24)} ${detail ?? ''}`.trimEnd());
  }
  const ways = deliveries.map(({ channel, to, status }) => `${CHANNELS[channel]} to ${to}: ${status}`);
  console.log(`\n${ways.join('\n')}\n\nThe login is ${status}.`);
}

async function call(key, method, path, body) {
  const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
  const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.code}: ${answer.detail}`);
  return answer;
}

/** Asks until there is an answer. */
async function until(what, ask) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(50)) {
    const answer = await ask();
    if (answer) return answer;
    if (service.exitCode !== null) throw new Error('The service ended by itself.');
  }
  throw new Error(`Waited ${PATIENCE_MS / 1000} s for ${what}.`);
}

/** Only what the process needs of the environment, so that nobody's REDIS_URL or CONFIG_FILE takes part. */
function startService() {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'warn' };
  return spawn(process.execPath, [main], { env, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function stopService() {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const gone = once(service, 'exit');
  service.kill('SIGTERM');
  const stubborn = setTimeout(() => service.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(stubborn);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
