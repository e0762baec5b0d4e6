import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a server process is started and how one sees that it is ready. */
export interface DaemonOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /** Asked every 20 ms until it says true. */
  ready: () => Promise<boolean>;
  readyWithinMs?: number;
}

/** Vitest ends a worker by a signal that no handler sees; only the kernel can then take the servers along (prctl(2), Linux). */
const DIES_WITH_US = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : [];

/** How a process ended: by an exit code or by a signal. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A server process of the tests. It ends with the test process at the latest. */
export class Daemon {
  /** Fulfilled when the process is gone, however it went. */
  readonly ended: Promise<Ending>;
  private readonly chunks: string[] = [];

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const listen = (chunk: Buffer) => this.chunks.push(chunk.toString());
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    // 'close' comes after 'exit' and after the last line of output was read.
    this.ended = once(child, 'close').then(() => {
      process.off('exit', end);
      return { code: child.exitCode, signal: child.signalCode };
    });
  }

  /** @throws an error that carries the process's output, when it ends or is not ready in time (10 s by default). */
  static async start(file: string, args: string[], options: DaemonOptions): Promise<Daemon> {
    const { ready, readyWithinMs = 10_000, ...rest } = options;
    const [first = file, ...others] = [...DIES_WITH_US, file, ...args];
    const child = spawn(first, others, { ...rest, stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn');
    const daemon = new Daemon([file, ...args].join(' '), child);
    const deadline = Date.now() + readyWithinMs;
    while (!(await ready())) {
      if (!daemon.running) throw await daemon.failure('ended before it was ready');
      if (Date.now() > deadline) {
        await daemon.stop('SIGKILL');
        throw await daemon.failure(`was not ready after ${String(readyWithinMs)} ms`);
      }
      await sleep(20);
    }
    return daemon;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Everything it wrote to stdout and stderr so far. */
  get output(): string {
    return this.chunks.join('');
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Sends a signal and waits for the end, by SIGKILL when ten seconds do not suffice. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    this.child.kill(signal);
    const patience = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    const ending = await this.ended;
    clearTimeout(patience);
    return ending;
  }

  private async failure(what: string): Promise<Error> {
    await this.ended;
    return new Error(`${this.name} ${what}:\n${this.output}`);
  }
}
