import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from '../../src/shared/steps.js';
import { built } from './built.js';
import { call, type CallOptions, type Reply } from './http-client.js';
import { Daemon, type Ending } from './servers/daemon.js';
import { freePort } from './servers/free-port.js';
import type { World } from './world.js';

const READY_WITHIN_MS = 60_000;

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
  /** Freezes the process when it reaches this step for the first time, until `thaw()`. */
  freezeAt?: Step;
  env?: Record<string, string>;
  /** Another program than the compiled service's. */
  program?: string;
}

/**
 * Starts a real process of the compiled service and returns when `/readyz` says 200.
 *
 * @param scratch where its working folder goes.
 * @throws an error that carries the process's output, when it refuses to start.
 */
export async function launchService(scratch: string, options: ServiceOptions = {}): Promise<Service> {
  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(scratch, 'service-'));
  const dataDir = options.dataDir ?? join(folder, 'data');
  const configFile = join(folder, 'einmal.yaml');
  if (options.configYaml !== undefined) await writeFile(configFile, options.configYaml);
  const signal = signalAtStep(options);
  const env = {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    ...(options.configYaml !== undefined && { CONFIG_FILE: configFile }),
    ...options.world?.env,
    ...signal,
    ...options.env,
  };
  const preload = signal ? ['--import', new URL('signal-at-step.mjs', import.meta.url).href] : [];
  const ready = () => isReady(`http://127.0.0.1:${String(port)}/readyz`);
  const start = { cwd: folder, env, ready, readyWithinMs: READY_WITHIN_MS };
  const daemon = await Daemon.start(process.execPath, [...preload, options.program ?? built('main.js')], start);
  return new Service(port, dataDir, daemon);
}

/** The variables of signal-at-step.mjs; null when the process is left alone. */
function signalAtStep({ crashAt, crashAtCount = 1, freezeAt }: ServiceOptions): Record<string, string> | null {
  if (crashAt) return { SIGNAL_AT_STEP: crashAt, SIGNAL_AT_COUNT: String(crashAtCount), SIGNAL: 'SIGKILL' };
  return freezeAt ? { SIGNAL_AT_STEP: freezeAt, SIGNAL_AT_COUNT: '1', SIGNAL: 'SIGSTOP' } : null;
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

  /** Stops it from running at all while everybody else goes on, as a paused container or a starved machine does. */
  freeze(): void {
    this.daemon.signal('SIGSTOP');
  }

  /** Lets it run again. */
  thaw(): void {
    this.daemon.signal('SIGCONT');
  }

  /** Returns when it is ready for work: after a thaw, or when what it needs has come back. */
  async untilReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await isReady(`${this.url}/readyz`))) {
      if (Date.now() > deadline) throw new Error(`not ready:\n${this.logs.slice(-20).join('\n')}`);
      await sleep(50);
    }
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
