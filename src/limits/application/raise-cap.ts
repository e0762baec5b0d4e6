import { Injectable } from '@nestjs/common';
import { cappedBy } from '../domain/counters-for.js';
import type { Cap } from '../domain/rule.js';
import { subBucketAt } from '../domain/sliding-window.js';
import { Counters } from './ports.js';

/** Something that had weight at a moment. */
export interface Weighed {
  atMs: number;
  weight: number;
}

/** A cap that has forgotten what was counted learns it again from whoever remembers. */
@Injectable()
export class RaiseCap {
  constructor(private readonly counters: Counters) {}

  /**
   * Sees to it that the cap holds at least what is remembered, each at its time. Nothing is taken off and nothing counts twice,
   * so it may be done again, and while others count.
   *
   * @throws 503 `unavailable`
   */
  async execute(applicationId: string, cap: Cap, remembered: readonly Weighed[]): Promise<void> {
    const counter = cappedBy(cap);
    for (const bucket of counter.buckets) {
      const least = new Map<number, number>();
      for (const { atMs, weight } of remembered) {
        const number = subBucketAt(atMs, bucket);
        least.set(number, (least.get(number) ?? 0) + weight);
      }
      await this.counters.raise(applicationId, counter, bucket, least);
    }
  }
}
