/** What a process knows of one name (an address, a key) in its current window. */
export interface NameWindow {
  readonly name: string;
  readonly lengthMs: number;
  /** Requests under the name so far: all that others have told, and all of our own. */
  hits: number;
  /** Those of our own that the others do not know yet. */
  untold: number;
  endsAtMs: number;
}

/** How many lengths are remembered; an operator who turns ceilings makes a new one now and then. */
const MOST_LENGTHS = 8;

/**
 * The names that called lately, apart for each length of windows. They are kept in two generations of which the older one is dropped
 * whole, so that there is no timer and no search, and never more of them than called within two windows.
 */
export class NameWindows {
  private readonly byLength = new Map<number, Generations>();

  /** How many names are remembered. */
  get size(): number {
    return [...this.byLength.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The window a name is in at `nowMs`, a new one when the last has ended. */
  at(name: string, nowMs: number, lengthMs: number): NameWindow {
    const generations = this.byLength.get(lengthMs) ?? new Generations(lengthMs);
    // Put at the end again: the first is the one that nobody has asked for longest, and what is in use is never forgotten.
    this.byLength.delete(lengthMs);
    this.byLength.set(lengthMs, generations);
    const [unused] = this.byLength.keys();
    if (this.byLength.size > MOST_LENGTHS && unused !== undefined) this.byLength.delete(unused);
    return generations.at(name, nowMs);
  }
}

class Generations {
  private recent = new Map<string, NameWindow>();
  private older = new Map<string, NameWindow>();
  private turnsAtMs = 0;

  constructor(private readonly lengthMs: number) {}

  get size(): number {
    return this.recent.size + this.older.size;
  }

  at(name: string, nowMs: number): NameWindow {
    const { lengthMs } = this;
    if (nowMs >= this.turnsAtMs) this.turn(nowMs + lengthMs);
    const known = this.recent.get(name) ?? this.older.get(name);
    if (known && nowMs < known.endsAtMs) {
      this.recent.set(name, known);
      return known;
    }
    const begun = { name, lengthMs, hits: 0, untold: 0, endsAtMs: nowMs + lengthMs };
    this.recent.set(name, begun);
    return begun;
  }

  private turn(nextAtMs: number): void {
    this.older = this.recent;
    this.recent = new Map();
    this.turnsAtMs = nextAtMs;
  }
}
