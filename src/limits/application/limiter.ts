import { Injectable, Optional } from '@nestjs/common';
import { observe, observed } from '../../shared/observations.js';
import type { CounterGroup } from '../domain/bucket.js';
import { COOLDOWN_RULE } from '../domain/default-rules.js';
import { countedNames } from '../domain/counted-names.js';
import { countersFor, skippedRules, type TakeOptions } from '../domain/counters-for.js';
import type { Dimensions, LimitOn } from '../domain/rule.js';
import { ANY_FAILURE, IN_A_ROW } from '../domain/things.js';
import { decide, type LimitDecision } from './decide.js';
import { decisionOf, type Told } from './decision-of.js';
import { LimitTrips } from './limit-trips.js';
import { Counters, Decisions, RuleBook, type Take } from './ports.js';

export type { Dimensions, LimitDecision, LimitOn, TakeOptions };
export { COOLDOWN_RULE };

/** Says whether an act is within the limits, and counts it if it is. Every method throws 503 when the counters are away. */
@Injectable()
export class Limiter {
  constructor(
    private readonly counters: Counters,
    private readonly ruleBook: RuleBook,
    @Optional() private readonly decisions?: Decisions,
    @Optional() private readonly trips?: LimitTrips,
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
    const takes: Take[] = [];
    const taken: CounterGroup[] = [];
    for (const group of this.countersFor(on, dimensions, options)) {
      const take = await this.counters.take(group.tag, act, group.counters).catch(async (error: unknown) => {
        // Of the last group only the answer may have been lost.
        if (!options.sharedReservation) await this.giveBack([...taken, group], act).catch(() => undefined);
        throw error;
      });
      takes.push(take);
      if (take.kind === 'refused') break;
      taken.push(group);
    }
    const decision = this.decide(dimensions, takes, options);
    if (decision.kind === 'refused') await this.giveBack(taken, act);
    this.tell({ on, act: reservation, dimensions, options }, decision);
    return decision;
  }

  /** Whether an act is allowed now, without counting it. Where it is not, it was refused, and that is told as of any other. */
  async look(on: LimitOn, dimensions: Dimensions, options: TakeOptions = {}): Promise<LimitDecision> {
    const decision = await this.seen(on, dimensions);
    if (decision.kind === 'refused') this.tell({ on, dimensions, options }, decision);
    return decision;
  }

  /** How long an act would be refused from now on; 0 where it would not. For who shows it: nothing is counted, nobody refused. */
  async secondsUntilRoom(on: LimitOn, dimensions: Dimensions): Promise<number> {
    const decision = await this.seen(on, dimensions);
    return decision.kind === 'refused' ? decision.retryAfterSeconds : 0;
  }

  /** The act did not happen: gives back exactly what `take` counted. Idempotent. */
  async refund(on: LimitOn, reservation: string, dimensions: Dimensions, options: TakeOptions = {}): Promise<void> {
    await this.giveBack(this.countersFor(on, dimensions, options), named(on, reservation));
    this.decisions?.record(decisionOf({ on, act: reservation, dimensions, options, outcome: 'returned' }));
  }

  /**
   * The check was right: gives its own `failed-check` reservation back and starts the count in a row anew. What others
   * failed within the windows stays counted, so that a success buys no guesses (R18, R19).
   */
  async succeeded(reservation: string, dimensions: Dimensions, options: TakeOptions = {}): Promise<void> {
    await this.giveBack(this.countersFor('failed-check', dimensions), named('failed-check', reservation), IN_A_ROW);
    const told = { on: 'failed-check', act: reservation, dimensions, options, outcome: 'succeeded' } as const;
    this.decisions?.record(decisionOf(told));
  }

  /**
   * Somebody lets a recipient try again, or a factor be tried: its failures in the application are forgotten, those in a row
   * included. What others' failures count in as well, and what counts across applications, stays.
   */
  async unlock(dimensions: Dimensions): Promise<void> {
    const { applicationId, ...named } = dimensions;
    const own = this.countersFor('failed-check', dimensions).filter(({ tag }) => tag === applicationId);
    const counters = own.flatMap((group) =>
      group.counters.filter(({ kind }) => kind.split('+').some((by) => by in named)),
    );
    await this.counters.clear(applicationId, ANY_FAILURE, counters);
    this.decisions?.record(decisionOf({ on: 'failed-check', dimensions, outcome: 'unlocked' }));
  }

  private async seen(on: LimitOn, dimensions: Dimensions): Promise<LimitDecision> {
    const groups = this.countersFor(on, dimensions);
    const looks = await Promise.all(groups.map(({ tag, counters }) => this.counters.look(tag, counters)));
    return this.decide(dimensions, looks);
  }

  private async giveBack(groups: CounterGroup[], act: string, clearing = ''): Promise<void> {
    await Promise.all(groups.map(({ tag, counters }) => this.counters.refund(tag, act, counters, clearing)));
  }

  private countersFor(on: LimitOn, dimensions: Dimensions, options: TakeOptions = {}): CounterGroup[] {
    return countersFor(this.ruleBook.rulesOf(dimensions.applicationId), on, dimensions, options);
  }

  private decide({ applicationId }: Dimensions, takes: Take[], { caps = [] }: TakeOptions = {}): LimitDecision {
    return decide(takes, [...caps, ...this.ruleBook.rulesOf(applicationId)]);
  }

  private tell(told: Told, decision: LimitDecision): void {
    const refusedBy = decision.kind === 'refused' ? decision.rules : [];
    this.decisions?.record(decisionOf({ ...told, refusedBy, shadowedBy: decision.shadowed }));
    this.tellRefused(told.on, told.dimensions, decision);
    // Whoever tries rules on a record keeps no record, and what it refuses has not happened.
    if (!this.decisions || !observed()) return;
    const rules = this.ruleBook.rulesOf(told.dimensions.applicationId);
    const skipped = skippedRules(rules, told.on, told.dimensions);
    if (skipped.length > 0) observe({ kind: 'limit-skipped', on: told.on, rules: countedNames(skipped, rules) });
  }

  private tellRefused(on: LimitOn, { applicationId }: Dimensions, decision: LimitDecision): void {
    const rules = this.ruleBook.rulesOf(applicationId);
    if (decision.kind === 'refused') this.trips?.refused(applicationId, decision.rules, rules);
    if (!this.decisions || !observed()) return;
    const { shadowed } = decision;
    if (decision.kind === 'refused') observe({ kind: 'limit-refused', on, rules: countedNames(decision.rules, rules) });
    if (shadowed.length > 0) observe({ kind: 'limit-shadowed', on, rules: countedNames(shadowed, rules) });
  }
}

/** One act may be counted on `check` and on `failed-check` under one name. Kept with every act, and so short. */
const named = (on: LimitOn, reservation: string) => `${on.charAt(0)}:${reservation}`;
