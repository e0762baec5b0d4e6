import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Daemon } from './daemon.js';
import { freePort } from './free-port.js';
import { PrivateServer } from './private-server.js';
import { program } from './programs.js';

export interface RunningRedis {
  url: string;
  /** Where its append-only file rests; null for a server we did not start. */
  folder: string | null;
  stop: () => Promise<unknown>;
}

/** The Redis named by REDIS_URL, or a private one. */
export function startRedis(scratch: string): Promise<RunningRedis> {
  const given = process.env['REDIS_URL'];
  if (given) return Promise.resolve({ url: given, folder: null, stop: () => Promise.resolve() });
  return startPrivateRedis(scratch);
}

/**
 * A Redis of the caller's own with production's settings: append-only file, and nothing is evicted. For the run, and for tests
 * that stop, freeze or wipe it. Each world takes a database of its own, so there are many.
 *
 * @param more settings for this one, by their names on the command line: `{ '--replicaof': '127.0.0.1 6379' }`.
 */
export async function startPrivateRedis(scratch: string, more: Record<string, string> = {}): Promise<PrivateServer> {
  const file = await redisProgram();
  const folder = await mkdtemp(join(scratch, 'redis-'));
  const port = await freePort();
  const settings = {
    '--bind': '127.0.0.1',
    '--port': String(port),
    '--dir': folder,
    '--appendonly': 'yes',
    '--appendfsync': 'everysec',
    '--maxmemory-policy': 'noeviction',
    '--save': '',
    '--databases': '1024',
    ...more,
  };
  const launch = () => Daemon.start(file, Object.entries(settings).flat(), { ready: () => answersPing(port) });
  return PrivateServer.start({ url: `redis://127.0.0.1:${String(port)}`, folder }, launch);
}

/** Also runs as a Sentinel, by `--sentinel`. */
export function redisProgram(): Promise<string> {
  return program({
    names: ['redis-server', 'valkey-server'],
    package: 'redis-server',
    instead: 'set REDIS_URL to a server whose data may be lost',
  });
}

/** An open port is not enough: while Redis loads its file it answers LOADING. */
export function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('data', (data) => {
      answer(data.toString() === '+PONG\r\n');
    });
    socket.once('error', () => {
      answer(false);
    });
  });
}
