import { observe, observed, secondsSince } from '../../shared/observations.js';
import { traced } from '../tracing/traced.js';
import { overloaded } from '../../shared/refusals.js';

/** A place in the hash queue. Exactly one of `run` and `leave` must be called. */
export interface HashPlace {
  /** Runs the hash when its turn comes. */
  run<T>(hash: () => Promise<T>): Promise<T>;
  /** Gives the place back unused. */
  leave(): void;
}

type Line = 'checks' | 'sends';

/**
 * Bounds argon2: at most `concurrency` hashes in flight (they run in libuv's small pool, which DNS and files share). Checks
 * have `concurrency + waiting` places; more would only add waiting time for everyone, so it is refused before anything is
 * spent. Sends wait in a line of their own, and the two take turns: a backlog of messages must not keep people out.
 */
export class HashQueue {
  private running = 0;
  private checks = 0;
  private readonly lines: Record<Line, (() => void)[]> = { checks: [], sends: [] };
  private turn: Line = 'checks';

  constructor(
    private readonly concurrency: number,
    private readonly waiting: number,
  ) {}

  /** @throws 503 `overloaded` when all places are taken; nothing has been counted or hashed then. */
  enter(): HashPlace {
    if (this.checks >= this.concurrency + this.waiting) {
      if (observed()) observe({ kind: 'hash-refused' });
      throw overloaded();
    }
    this.checks += 1;
    let open = true;
    const leave = () => {
      if (open) this.checks -= 1;
      open = false;
    };
    return { run: (hash) => this.run('checks', hash).finally(leave), leave };
  }

  /** A place for the worker, whose own batch size bounds it: waits in line but is never refused. */
  enterAlways(): HashPlace {
    return { run: (hash) => this.run('sends', hash), leave: () => undefined };
  }

  /** How many hashes run, and how many wait in each line. */
  get load(): { running: number } & Record<Line, number> {
    return { running: this.running, checks: this.lines.checks.length, sends: this.lines.sends.length };
  }

  private run<T>(line: Line, hash: () => Promise<T>): Promise<T> {
    return traced('hash', 'internal', { 'einmal.line': line }, () => this.inTurn(line, hash));
  }

  private async inTurn<T>(line: Line, hash: () => Promise<T>): Promise<T> {
    const came = performance.now();
    if (this.running >= this.concurrency) await new Promise<void>((resolve) => this.lines[line].push(resolve));
    else this.running += 1;
    if (observed()) observe({ kind: 'hash-began', line, waitedSeconds: secondsSince(came) });
    try {
      return await hash();
    } finally {
      const next = this.next();
      if (next) next();
      else this.running -= 1;
    }
  }

  private next(): (() => void) | undefined {
    const other: Line = this.turn === 'checks' ? 'sends' : 'checks';
    const next = this.lines[this.turn].shift() ?? this.lines[other].shift();
    this.turn = other;
    return next;
  }
}
