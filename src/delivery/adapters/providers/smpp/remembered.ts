/** What is known of the latest of something, up to so many: whatever came first goes first. */
export class Remembered<V> {
  private readonly known = new Map<string, V>();

  constructor(private readonly most: number) {}

  set(key: string, value: V): void {
    this.known.set(key, value);
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
  }

  get(key: string): V | undefined {
    return this.known.get(key);
  }
}
