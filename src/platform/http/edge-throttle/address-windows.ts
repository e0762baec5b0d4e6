/** What a process knows of one address in its current window. */
export interface AddressWindow {
  readonly address: string;
  readonly lengthMs: number;
  /** Requests of the address so far: all that others have told, and all of our own. */
  hits: number;
  /** Those of our own that the others do not know yet. */
  untold: number;
  endsAtMs: number;
}

/**
 * The addresses that called lately. They are kept in two generations of which the older one is dropped whole, so that there is
 * no timer and no search, and never more of them than called within two windows.
 */
export class AddressWindows {
  private recent = new Map<string, AddressWindow>();
  private older = new Map<string, AddressWindow>();
  private turnsAtMs = 0;

  /** How many addresses are remembered. */
  get size(): number {
    return this.recent.size + this.older.size;
  }

  /** The window an address is in at `nowMs`, a new one when the last has ended. */
  at(address: string, nowMs: number, lengthMs: number): AddressWindow {
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
