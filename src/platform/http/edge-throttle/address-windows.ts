/** What a process knows of one name (an address, a key) in its current window. */
export interface AddressWindow {
  readonly address: string;
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
export class AddressWindows {
  private readonly byLength = new Map<number, Generations>();

  /** How many names are remembered. */
  get size(): number {
    return [...this.byLength.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The window a name is in at `nowMs`, a new one when the last has ended. */
  at(address: string, nowMs: number, lengthMs: number): AddressWindow {
    let generations = this.byLength.get(lengthMs);
    if (!generations) this.byLength.set(lengthMs, (generations = new Generations(lengthMs)));
    const [oldest] = this.byLength.keys();
    if (this.byLength.size > MOST_LENGTHS && oldest !== undefined) this.byLength.delete(oldest);
    return generations.at(address, nowMs);
  }
}

class Generations {
  private recent = new Map<string, AddressWindow>();
  private older = new Map<string, AddressWindow>();
  private turnsAtMs = 0;

  constructor(private readonly lengthMs: number) {}

  get size(): number {
    return this.recent.size + this.older.size;
  }

  at(address: string, nowMs: number): AddressWindow {
    const { lengthMs } = this;
    if (nowMs >= this.turnsAtMs) this.turn(nowMs + lengthMs);
    const known = this.recent.get(address) ?? this.older.get(address);
    if (known && nowMs < known.endsAtMs) {
      this.recent.set(address, known);
      return known;
    }
    const begun = { address, lengthMs, hits: 0, untold: 0, endsAtMs: nowMs + lengthMs };
    this.recent.set(address, begun);
    return begun;
  }

  private turn(nextAtMs: number): void {
    this.older = this.recent;
    this.recent = new Map();
    this.turnsAtMs = nextAtMs;
  }
}
