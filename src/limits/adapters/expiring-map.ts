/** Below this, looking for what has expired is not worth the walk. */
const SMALLEST_SWEEP = 1_000;

/**
 * A map whose entries end by themselves, without a timer each: whenever it has doubled since the last look, everything that
 * has expired is dropped. So it never holds more than about twice what is alive, at a constant cost per entry.
 */
export class ExpiringMap<Value> {
  private readonly entries = new Map<string, { value: Value; expiresAtMs: number }>();
  private sweepAtSize = SMALLEST_SWEEP;

  /** How many entries are kept, those expired but not yet dropped included. */
  get size(): number {
    return this.entries.size;
  }

  get(key: string, nowMs: number): Value | undefined {
    const entry = this.entries.get(key);
    return entry && entry.expiresAtMs > nowMs ? entry.value : undefined;
  }

  set(key: string, value: Value, { nowMs, expiresAtMs }: { nowMs: number; expiresAtMs: number }): void {
    this.entries.set(key, { value, expiresAtMs });
    if (this.entries.size >= this.sweepAtSize) this.sweep(nowMs);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  private sweep(nowMs: number): void {
    for (const [key, { expiresAtMs }] of this.entries) if (expiresAtMs <= nowMs) this.entries.delete(key);
    this.sweepAtSize = Math.max(SMALLEST_SWEEP, this.entries.size * 2);
  }
}
