import { createHash } from 'node:crypto';

/**
 * Numbers that a seed decides. Every person and every part of the schedule has a sequence of its own, so that no decision
 * depends on who happened to be quicker.
 */
export class Seeded {
  private state: number;

  private constructor(private readonly path: string) {
    this.state = createHash('sha256').update(path).digest().readUInt32BE();
  }

  static from(seed: number): Seeded {
    return new Seeded(String(seed));
  }

  /** The sequence of this name, whatever has been drawn before. */
  of(name: string): Seeded {
    return new Seeded(`${this.path}/${name}`);
  }

  /** From 0 to 1, without 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, at: this.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.int(0, 9))).join('');
  }
}
