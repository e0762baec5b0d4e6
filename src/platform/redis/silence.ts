/** Since when commands have been waiting without any answer. One counter for a connection: no timer per command. */
export class Silence {
  private count = 0;
  private sinceMs = 0;
  private whenOver: (() => void) | undefined;

  /** Commands without an answer yet. */
  get waiting(): number {
    return this.count;
  }

  /** For how long nothing has been answered although something was asked; 0 while nothing waits. */
  get lastedMs(): number {
    return this.count === 0 ? 0 : performance.now() - this.sinceMs;
  }

  /** Counts a command until its answer, whichever that is. */
  async during<T>(command: () => Promise<T>): Promise<T> {
    if (this.count === 0) this.sinceMs = performance.now();
    this.count += 1;
    try {
      return await command();
    } finally {
      this.count -= 1;
      this.sinceMs = performance.now();
      if (this.count === 0) this.whenOver?.();
    }
  }

  /** Calls back once nothing waits for an answer: at once, or when the last one has come. */
  over(callback: () => void): void {
    this.whenOver = callback;
    if (this.count === 0) callback();
  }
}
