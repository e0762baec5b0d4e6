import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a server process is started and how one sees that it is ready. */
export interface DaemonOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /** Asked every 20 ms until it says true. */
  ready: () => Promise<boolean>;
  readyWithinMs?: number;
}

/** A server process of the tests. It ends with the test process at the latest, however that ends short of SIGKILL. */
export class Daemon {
  private readonly lines: string[] = [];

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const listen = (chunk: Buffer) => this.lines.push(chunk.toString());
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
  }

  /** @throws an error that carries the process's output, when it ends or is not ready in time (10 s by default). */
  static async start(file: string, args: string[], options: DaemonOptions): Promise<Daemon> {
    const { ready, readyWithinMs = 10_000, ...rest } = options;
    const child = spawn(file, args, { ...rest, stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn');
    const daemon = new Daemon(file, child);
    const deadline = Date.now() + readyWithinMs;
    while (!(await ready())) {
      if (daemon.ended) throw daemon.failure('ended before it was ready');
      if (Date.now() > deadline) {
        await daemon.stop('SIGKILL');
        throw daemon.failure(`was not ready after ${String(readyWithinMs)} ms`);
      }
      await sleep(20);
    }
    return daemon;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw this.failure('has no pid');
    return this.child.pid;
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Everything it wrote to stdout and stderr so far. */
  get output(): string {
    return this.lines.join('');
  }

  /** Sends a signal and waits for the end, by SIGKILL when ten seconds do not suffice. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.ended) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    const patience = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(patience);
  }

  private failure(what: string): Error {
    return new Error(`${this.name} ${what}:\n${this.output}`);
  }
}
