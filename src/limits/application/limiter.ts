import { Injectable, Optional } from '@nestjs/common';
import type { QuotaPolicy } from '../../shared/quota-policy.js';
import { observe, observed } from '../../shared/observations.js';
import type { CounterGroup } from '../domain/bucket.js';
import { COOLDOWN_RULE } from '../domain/default-rules.js';
import { countersFor, type TakeOptions } from '../domain/counters-for.js';
import type { Cap, Dimensions, LimitOn } from '../domain/rule.js';
import { ANY_FAILURE, IN_A_ROW } from '../domain/things.js';
import { decisionOf, type Told } from './decision-of.js';
import { Counters, Decisions, RuleBook } from './ports.js';

export type { Cap, Dimensions, LimitOn, TakeOptions };
export { COOLDOWN_RULE };

/** How much of a cap is used up. */
export interface Level {
  used: number;
  max: number;
}

export type LimitDecision =
  /**
   * It was counted. `fullForMs`: per rule that is now at its maximum, milliseconds until it has room again. `shadowed`: shadow
   * rules that would have refused it. `levels`: per cap of the act, with the act in it.
   */
  | { kind: 'allowed'; fullForMs: Record<string, number>; shadowed: string[]; levels: Record<string, Level> }
  /**
   * Nothing was counted. `rules`: those that were full, caps included. `retryAfterSeconds`: until all of them have room.
   * `policies`: the same rules with their numbers.
   */
  | {
      kind: 'refused';
      rules: string[];
      retryAfterSeconds: number;
      policies: QuotaPolicy[];
      shadowed: string[];
      levels: Record<string, Level>;
    };

/** Says whether an act is within the limits, and counts it if it is. Every method throws 503 when the counters are away. */
@Injectable()
export class Limiter {
  constructor(
    private readonly counters: Counters,
    private readonly ruleBook: RuleBook,
    @Optional() private readonly decisions?: Decisions,
  ) {}

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
    for (const group of this.countersFor(on, dimensions, options)) {
      const take = await this.counters.take(group.tag, act, group.counters).catch(async (error: unknown) => {
        // Of the last group only the answer may have been lost.
        if (!options.sharedReservation) await this.giveBack([...taken, group], act).catch(() => undefined);
        throw error;
      });
      if (take.kind === 'refused') {
        await this.giveBack(taken, act);
        this.record({ on, act: reservation, dimensions, options, refusedBy: take.rules });
        return this.refusal(on, dimensions, take);
      }
      taken.push(group);
      Object.assign(fullForMs, take.fullForMs);
    }
    this.record({ on, act: reservation, dimensions, options });
    return { kind: 'allowed', fullForMs, shadowed: [], levels: {} };
  }

  /** Whether an act would be allowed now, without counting it. */
  async look(on: LimitOn, dimensions: Dimensions): Promise<LimitDecision> {
    const groups = this.countersFor(on, dimensions);
    const looks = await Promise.all(groups.map(({ tag, counters }) => this.counters.look(tag, counters)));
    const refused = looks.filter((look) => look.kind === 'refused');
    if (refused.length === 0) return { kind: 'allowed', fullForMs: {}, shadowed: [], levels: {} };
    const retryAfterMs = Math.max(...refused.map((look) => look.retryAfterMs));
    return this.refusal(on, dimensions, { rules: refused.flatMap(({ rules }) => rules), retryAfterMs });
  }

  /** The act did not happen: gives back exactly what `take` counted. Idempotent. */
  async refund(on: LimitOn, reservation: string, dimensions: Dimensions, options: TakeOptions = {}): Promise<void> {
    await this.giveBack(this.countersFor(on, dimensions, options), named(on, reservation));
    this.record({ on, act: reservation, dimensions, options, outcome: 'returned' });
  }

  /**
   * The check was right: gives its own `failed-check` reservation back and starts the count in a row anew. What others
   * failed within the windows stays counted, so that a success buys no guesses (R18, R19).
   */
  async succeeded(reservation: string, dimensions: Dimensions, options: TakeOptions = {}): Promise<void> {
    await this.giveBack(this.countersFor('failed-check', dimensions), named('failed-check', reservation), IN_A_ROW);
    this.record({ on: 'failed-check', act: reservation, dimensions, options, outcome: 'succeeded' });
  }

  /** An operator lets a recipient try again: its failures are forgotten, those in a row included. */
  async unlock(dimensions: Dimensions): Promise<void> {
    const groups = this.countersFor('failed-check', dimensions);
    await Promise.all(groups.map(({ tag, counters }) => this.counters.clear(tag, ANY_FAILURE, counters)));
    this.record({ on: 'failed-check', dimensions, outcome: 'unlocked' });
  }

  private async giveBack(groups: CounterGroup[], act: string, clearing = ''): Promise<void> {
    await Promise.all(groups.map(({ tag, counters }) => this.counters.refund(tag, act, counters, clearing)));
  }
  private countersFor(on: LimitOn, dimensions: Dimensions, options: TakeOptions = {}): CounterGroup[] {
    return countersFor(this.ruleBook.rulesOf(dimensions.applicationId), on, dimensions, options);
  }

  private refusal(
    on: LimitOn,
    { applicationId }: Dimensions,
    { rules, retryAfterMs }: { rules: string[]; retryAfterMs: number },
  ): LimitDecision {
    // Whoever tries rules on a record keeps no record, and what it refuses has not happened.
    if (this.decisions && observed()) observe({ kind: 'limit-refused', on, rules });
    const retryAfterSeconds = Math.ceil(retryAfterMs / 1_000);
    const known = this.ruleBook.rulesOf(applicationId).filter(({ name }) => rules.includes(name));
    const policies = known.map(({ name, max, windowSeconds }) => ({ name, max, windowSeconds, retryAfterSeconds }));
    return { kind: 'refused', rules, retryAfterSeconds, policies, shadowed: [], levels: {} };
  }

  private record(told: Told): void {
    this.decisions?.record(decisionOf(told));
  }
}

/** One act may be counted on `check` and on `failed-check` under one name. Kept with every act, and so short. */
const named = (on: LimitOn, reservation: string) => `${on.charAt(0)}:${reservation}`;
