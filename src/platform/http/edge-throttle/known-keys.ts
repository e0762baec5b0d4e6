/** A key that was valid lately may go on where its address is refused for guessing: somebody else may sit behind the same address. */
const KEPT_MS = 10 * 60_000;

/** Keys that were valid lately, by their hashes, in two generations. Never more than there are valid keys in use. */
export class KnownKeys {
  private recent = new Set<string>();
  private older = new Set<string>();
  private turnsAtMs = 0;

  constructor(private readonly now: () => number) {}

  has(key: string): boolean {
    this.turn();
    return this.recent.has(key) || this.older.has(key);
  }

  add(key: string): void {
    this.turn();
    this.recent.add(key);
  }

  forget(key: string): void {
    this.recent.delete(key);
    this.older.delete(key);
  }

  private turn(): void {
    const nowMs = this.now();
    if (nowMs < this.turnsAtMs) return;
    this.older = nowMs < this.turnsAtMs + KEPT_MS ? this.recent : new Set();
    this.recent = new Set();
    this.turnsAtMs = nowMs + KEPT_MS;
  }
}
