import { overloaded } from '../../shared/refusals.js';

/** A place in the hash queue. Exactly one of `run` and `leave` must be called. */
export interface HashPlace {
  /** Runs the hash when its turn comes. */
  run<T>(hash: () => Promise<T>): Promise<T>;
  /** Gives the place back unused. */
  leave(): void;
}

/**
 * Bounds argon2: at most `concurrency` hashes in flight (they run in libuv's small pool, which DNS and files share) and
 * `waiting` more in line. More than that would only add waiting time for everyone, so it is refused before anything is spent.
 */
export class HashQueue {
  private running = 0;
  private placesTaken = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly concurrency: number,
    private readonly waiting: number,
  ) {}

  /** @throws 503 `overloaded` when all places are taken; nothing has been counted or hashed then. */
  enter(): HashPlace {
    if (this.placesTaken >= this.concurrency + this.waiting) throw overloaded();
    return this.take();
  }

  /** A place for the worker, whose own batch size bounds it: waits in line but is never refused. */
  enterAlways(): HashPlace {
    return this.take();
  }

  private take(): HashPlace {
    this.placesTaken += 1;
    let open = true;
    const leave = () => {
      if (open) this.placesTaken -= 1;
      open = false;
    };
    return { run: (hash) => this.inTurn(hash).finally(leave), leave };
  }

  private async inTurn<T>(hash: () => Promise<T>): Promise<T> {
    if (this.running >= this.concurrency) await new Promise<void>((resolve) => this.line.push(resolve));
    else this.running += 1;
    try {
      return await hash();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
