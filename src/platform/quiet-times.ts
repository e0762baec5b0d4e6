/** Keeps what happens over and over from being looked into each time: of one name, once in a while. Bounded. */
export class QuietTimes {
  /** When each name was last let through; `performance.now()`. */
  private readonly seen = new Map<string, number>();

  /** @param most names that are told apart; what is beyond is forgotten, and let through once too often at worst. */
  constructor(
    private readonly quietMs: number,
    private readonly most = 10_000,
  ) {}

  /** Whether the name was not let through for that long; it is now. */
  letsThrough(name: string): boolean {
    const now = performance.now();
    if (now - (this.seen.get(name) ?? -Infinity) < this.quietMs) return false;
    if (this.seen.size >= this.most) this.seen.clear();
    this.seen.set(name, now);
    return true;
  }

  /** The name is let through next time. */
  forget(name: string): void {
    this.seen.delete(name);
  }
}
