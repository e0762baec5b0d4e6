import { Injectable } from '@nestjs/common';
import { observe, observed } from '../../shared/observations.js';
import type { BucketGroup } from '../domain/bucket.js';
import { COOLDOWN_RULE } from '../domain/default-rules.js';
import { bucketsFor, type TakeOptions } from '../domain/buckets-for.js';
import type { Dimensions, LimitOn } from '../domain/rule.js';
import { Buckets } from './ports.js';

export type { Dimensions, LimitOn, TakeOptions };
export { COOLDOWN_RULE };

export type LimitDecision =
  /** It was counted. `fullForMs`: per rule that is now at its maximum, milliseconds until it has room again. */
  | { kind: 'allowed'; fullForMs: Record<string, number> }
  /** Nothing was counted. `rules`: those that were full. `retryAfterSeconds`: until all of them have room. */
  | { kind: 'refused'; rules: string[]; retryAfterSeconds: number };

/** Says whether an act is within the limits, and counts it if it is. Every method throws 503 when the counters are away. */
@Injectable()
export class Limiter {
  constructor(private readonly buckets: Buckets) {}

  /**
   * Counts one act in every rule that applies, or in none when any is full. Ask before acting: a `failed-check` is taken
   * before the guess is compared.
   *
   * @param reservation names this act, so that a repeated call counts nothing and `refund` finds it. Unique per act.
   */
  async take(
    on: LimitOn,
    reservation: string,
    dimensions: Dimensions,
    options: TakeOptions = {},
  ): Promise<LimitDecision> {
    const taken: BucketGroup[] = [];
    const fullForMs: Record<string, number> = {};
    for (const group of bucketsFor(on, dimensions, options)) {
      const take = await this.buckets.take(group.tag, named(on, reservation), group.buckets);
      if (take.kind === 'refused') {
        await this.giveBack(taken, named(on, reservation));
        if (observed()) observe({ kind: 'limit-refused', on, rules: take.rules });
        return { kind: 'refused', rules: take.rules, retryAfterSeconds: Math.ceil(take.retryAfterMs / 1_000) };
      }
      taken.push(group);
      Object.assign(fullForMs, take.fullForMs);
    }
    return { kind: 'allowed', fullForMs };
  }

  /** Whether an act would be allowed now, without counting it: a locked recipient is not sent a code it could not use (R22). */
  async look(on: LimitOn, dimensions: Dimensions): Promise<LimitDecision> {
    const looks = await Promise.all(
      bucketsFor(on, dimensions).map(({ tag, buckets }) => this.buckets.look(tag, buckets)),
    );
    const refused = looks.filter((look) => look.kind === 'refused');
    if (refused.length === 0) return { kind: 'allowed', fullForMs: {} };
    const retryAfterMs = Math.max(...refused.map((look) => look.retryAfterMs));
    return {
      kind: 'refused',
      rules: refused.flatMap(({ rules }) => rules),
      retryAfterSeconds: Math.ceil(retryAfterMs / 1_000),
    };
  }

  /** The act did not happen: gives back exactly what `take` counted. Idempotent. */
  async refund(on: LimitOn, reservation: string, dimensions: Dimensions, options: TakeOptions = {}): Promise<void> {
    await this.giveBack(bucketsFor(on, dimensions, options), named(on, reservation));
  }

  /**
   * The check was right: gives its own `failed-check` reservation back and starts the count in a row anew. What others
   * failed within the windows stays counted, so that a success buys no guesses (R18, R19).
   */
  async succeeded(reservation: string, dimensions: Dimensions): Promise<void> {
    const groups = bucketsFor('failed-check', dimensions);
    const inARow = groups.map(({ tag, buckets }) => ({ tag, buckets: buckets.filter((b) => b.clearedBySuccess) }));
    await Promise.all([
      this.giveBack(groups, named('failed-check', reservation)),
      this.clear(inARow.filter(({ buckets }) => buckets.length > 0)),
    ]);
  }

  /** An operator lets a recipient try again: its failures are forgotten, those in a row included. */
  async unlock(dimensions: Dimensions): Promise<void> {
    await this.clear(bucketsFor('failed-check', dimensions));
  }

  private async giveBack(groups: BucketGroup[], reservation: string): Promise<void> {
    await Promise.all(groups.map(({ tag, buckets }) => this.buckets.refund(tag, reservation, buckets)));
  }

  private async clear(groups: BucketGroup[]): Promise<void> {
    await Promise.all(groups.map(({ tag, buckets }) => this.buckets.clear(tag, buckets)));
  }
}

/** One act may be counted on `check` and on `failed-check` under one name. */
const named = (on: LimitOn, reservation: string) => `${on}:${reservation}`;
