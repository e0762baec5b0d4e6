import type { Clock } from '../shared/clock.js';

/** Longest life of an entry: what is revoked or changed on one node holds on every node within 5 s (R77, R79). */
export const MAX_LIFE_MS = 3_000;

interface Entry<Value> {
  value: Promise<Value>;
  readAt: number;
  lifeMs: number;
}

/** Remembers answers of the ledger for seconds. Callers that ask for the same key at once share one look-up. */
export class ShortCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  constructor(
    private readonly clock: Clock,
    private readonly maxEntries = 10_000,
  ) {}

  /**
   * @param load reads the value; what it throws is not remembered.
   * @param lifeMs how long a value read may be used, counted from before it was read; 0: not again.
   */
  get(key: string, load: () => Promise<Value>, lifeMs: (value: Value) => number = () => MAX_LIFE_MS): Promise<Value> {
    const known = this.entries.get(key);
    if (known && this.isFresh(known)) return known.value;
    const readAt = this.clock.now();
    const entry: Entry<Value> = { value: load(), readAt, lifeMs: MAX_LIFE_MS };
    this.entries.delete(key);
    this.entries.set(key, entry);
    this.dropOldest();
    const forget = () => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    };
    entry.value.then((value) => {
      entry.lifeMs = Math.min(lifeMs(value), MAX_LIFE_MS);
      if (entry.lifeMs <= 0) forget();
    }, forget);
    return entry.value;
  }

  /** What is being read now may be old already: who asked for it gets it, and it is not remembered. */
  clear(): void {
    this.entries.clear();
  }

  /** A clock that was set back makes an entry stale, never immortal. */
  private isFresh({ readAt, lifeMs }: Entry<Value>): boolean {
    const age = this.clock.now() - readAt;
    return age >= 0 && age < lifeMs;
  }

  private dropOldest(): void {
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.maxEntries && oldest !== undefined) this.entries.delete(oldest);
  }
}
