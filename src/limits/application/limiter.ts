import { Injectable } from '@nestjs/common';
import { observe, observed } from '../../shared/observations.js';
import type { CounterGroup } from '../domain/bucket.js';
import { COOLDOWN_RULE } from '../domain/default-rules.js';
import { countersFor, type TakeOptions } from '../domain/counters-for.js';
import type { Dimensions, LimitOn } from '../domain/rule.js';
import { ANY_FAILURE, IN_A_ROW } from '../domain/things.js';
import { Counters } from './ports.js';

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
  constructor(private readonly counters: Counters) {}

  /**
   * Counts one act in every rule that applies, or in none when any is full. Ask before acting: a `failed-check` is taken
   * before the guess is compared.
   *
   * @param reservation names this act, so that a repeated call counts nothing and `refund` finds it. Unique per act, at most 62
   * bytes.
   * @throws 503 `unavailable`; what had been counted by then is given back, if the counters can be reached.
   */
  async take(
    on: LimitOn,
    reservation: string,
    dimensions: Dimensions,
    options: TakeOptions = {},
  ): Promise<LimitDecision> {
    const act = named(on, reservation);
    const taken: CounterGroup[] = [];
    const fullForMs: Record<string, number> = {};
    for (const group of countersFor(on, dimensions, options)) {
      const take = await this.counters.take(group.tag, act, group.counters).catch(async (error: unknown) => {
        // Of the last group only the answer may have been lost.
        if (!options.sharedReservation) await this.giveBack([...taken, group], act).catch(() => undefined);
        throw error;
      });
      if (take.kind === 'refused') {
        await this.giveBack(taken, act);
        return refusal(on, take.rules, take.retryAfterMs);
      }
      taken.push(group);
      Object.assign(fullForMs, take.fullForMs);
    }
    return { kind: 'allowed', fullForMs };
  }

  /** Whether an act would be allowed now, without counting it. */
  async look(on: LimitOn, dimensions: Dimensions): Promise<LimitDecision> {
    const groups = countersFor(on, dimensions);
    const looks = await Promise.all(groups.map(({ tag, counters }) => this.counters.look(tag, counters)));
    const refused = looks.filter((look) => look.kind === 'refused');
    if (refused.length === 0) return { kind: 'allowed', fullForMs: {} };
    const retryAfterMs = Math.max(...refused.map((look) => look.retryAfterMs));
    return refusal(
      on,
      refused.flatMap(({ rules }) => rules),
      retryAfterMs,
    );
  }

  /** The act did not happen: gives back exactly what `take` counted. Idempotent. */
  async refund(on: LimitOn, reservation: string, dimensions: Dimensions, options: TakeOptions = {}): Promise<void> {
    await this.giveBack(countersFor(on, dimensions, options), named(on, reservation));
  }

  /**
   * The check was right: gives its own `failed-check` reservation back and starts the count in a row anew. What others
   * failed within the windows stays counted, so that a success buys no guesses (R18, R19).
   */
  async succeeded(reservation: string, dimensions: Dimensions): Promise<void> {
    await this.giveBack(countersFor('failed-check', dimensions), named('failed-check', reservation), IN_A_ROW);
  }

  /** An operator lets a recipient try again: its failures are forgotten, those in a row included. */
  async unlock(dimensions: Dimensions): Promise<void> {
    const groups = countersFor('failed-check', dimensions);
    await Promise.all(groups.map(({ tag, counters }) => this.counters.clear(tag, ANY_FAILURE, counters)));
  }

  private async giveBack(groups: CounterGroup[], act: string, clearing = ''): Promise<void> {
    await Promise.all(groups.map(({ tag, counters }) => this.counters.refund(tag, act, counters, clearing)));
  }
}

function refusal(on: LimitOn, rules: string[], retryAfterMs: number): LimitDecision {
  if (observed()) observe({ kind: 'limit-refused', on, rules });
  return { kind: 'refused', rules, retryAfterSeconds: Math.ceil(retryAfterMs / 1_000) };
}

/** One act may be counted on `check` and on `failed-check` under one name. Kept with every act, and so short. */
const named = (on: LimitOn, reservation: string) => `${on.charAt(0)}:${reservation}`;
