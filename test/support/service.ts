import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Step } from '../../src/shared/steps.js';
import { built } from './built.js';
import { call, type CallOptions, type Reply } from './http-client.js';
import { Daemon, type Ending } from './servers/daemon.js';
import { freePort } from './servers/free-port.js';
import type { World } from './world.js';

export interface ServiceOptions {
  /** The Redis, Postgres and secrets to run on; without one the service is embedded, in a folder of its own. */
  world?: World;
  /** The port of an earlier service, when this one must be found where that was. */
  port?: number;
  /** An embedded service's folder, when it shall outlive the process; otherwise it has one of its own. */
  dataDir?: string;
  /** Content of the configuration file. */
  configYaml?: string;
  /** Kills the process when it reaches this step, for the `crashAtCount`-th time (default: the first). */
  crashAt?: Step;
  crashAtCount?: number;
  env?: Record<string, string>;
}

/**
 * Starts a real process of the compiled service and returns when `/readyz` says 200.
 *
 * @throws an error that carries the process's output, when it refuses to start.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(inject('scratchFolder'), 'service-'));
  const dataDir = options.dataDir ?? join(folder, 'data');
  const configFile = join(folder, 'einmal.yaml');
  if (options.configYaml !== undefined) await writeFile(configFile, options.configYaml);
  const env = {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    ...(options.configYaml !== undefined && { CONFIG_FILE: configFile }),
    ...options.world?.env,
    ...(options.crashAt && { CRASH_AT: options.crashAt, CRASH_AT_COUNT: String(options.crashAtCount ?? 1) }),
    ...options.env,
  };
  const preload = options.crashAt ? ['--import', new URL('crash-at.mjs', import.meta.url).href] : [];
  const ready = () => isReady(`http://127.0.0.1:${String(port)}/readyz`);
  const start = { cwd: folder, env, ready, readyWithinMs: 30_000 };
  const daemon = await Daemon.start(process.execPath, [...preload, built('main.js')], start);
  return new Service(port, dataDir, daemon);
}

/** A running service. */
export class Service {
  constructor(
    readonly port: number,
    private readonly dataDir: string,
    private readonly daemon: Daemon,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get pid(): number | undefined {
    return this.daemon.pid;
  }

  /** Every line it wrote so far. */
  get logs(): string[] {
    return this.daemon.output.split('\n');
  }

  /** Fulfilled when the process is gone: by `crashAt`, or by itself. */
  get ended(): Promise<Ending> {
    return this.daemon.ended;
  }

  /** The key an embedded service made for its first visitor. */
  async firstKey(): Promise<string> {
    return (await readFile(join(this.dataDir, 'first-key'), 'utf8')).trim();
  }

  call<Body>(method: string, path: string, options?: CallOptions): Promise<Reply<Body>> {
    return call<Body>(method, this.url + path, options);
  }

  /** Asks it to stop (SIGTERM) and waits until it has. */
  stop(): Promise<Ending> {
    return this.daemon.stop('SIGTERM');
  }

  /** Ends it without warning (SIGKILL). */
  kill(): Promise<Ending> {
    return this.daemon.stop('SIGKILL');
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).status === 200;
  } catch {
    return false;
  }
}
