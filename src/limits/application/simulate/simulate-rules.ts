import { Injectable } from '@nestjs/common';
import { setImmediate as others } from 'node:timers/promises';
import { DomainError } from '../../../shared/domain-error.js';
import type { LimitOn, Rule } from '../../domain/rule.js';
import { DecisionLog, RETENTION_HOURS, type DecisionPlace, type ReplayedDecision } from '../decision-log.js';
import { RuleBook } from '../ports.js';
import { CountersApart } from './ports.js';
import { proposedRules, type Proposal } from './proposed-rules.js';
import { ReplayedWorld } from './replayed-world.js';
import { Comparison, type Compared } from './comparison.js';

export interface SimulationOrder {
  /** Whose acts; null: those of all applications. */
  applicationId: string | null;
  /** The period that is told about: the last so many hours. */
  hours: number;
  proposal: Proposal;
  /** Tells only about these acts; all are replayed. */
  on?: LimitOn | undefined;
}

export interface Simulation extends Compared {
  /** Later than asked for where there were too many acts. */
  from: Date;
  until: Date;
  /** From when on acts were counted, so that windows are as full as they were. */
  warmUpFrom: Date;
  /** There were more acts than one simulation replays: only the newest were. */
  truncated: boolean;
}

/**
 * Decisions of one simulation, those of the warm-up included. 100,000 took 14 s of one busy core with the default rules, the reading
 * included; rules with many acts in their windows take about twice as long. So within a minute.
 */
const MOST_DECISIONS = 200_000;
const PAGE = 1_000;
const HOUR_MS = 3_600_000;
/** After so much work the event loop has its turn: others' requests wait no longer than that. */
const AT_ONCE_MS = 10;

/**
 * Tries rules on what has happened: replays the recorded acts, oldest first, against the rules that hold and against those that
 * are proposed, with the code that counts in reality.
 */
@Injectable()
export class SimulateRules {
  private busy = false;

  constructor(
    private readonly decisions: DecisionLog,
    private readonly ruleBook: RuleBook,
    private readonly counters: CountersApart,
  ) {}

  /**
   * @param signal whoever asked is gone.
   * @throws 400 `invalid-request` for a proposal that can not be; 503 `overloaded` while this node simulates for somebody else;
   * 503 `unavailable`.
   */
  async execute(order: SimulationOrder, signal: AbortSignal): Promise<Simulation> {
    if (this.busy) throw simulating();
    this.busy = true;
    try {
      return await this.simulate(order, signal);
    } finally {
      this.busy = false;
    }
  }

  private async simulate(order: SimulationOrder, signal: AbortSignal): Promise<Simulation> {
    const { applicationId, proposal } = order;
    const proposedFor = remembered((id) => proposedRules(proposal, this.ruleBook.rulesOf(id)));
    // Of its own an application is told at once what is wrong with its proposal.
    if (applicationId !== null) proposedFor(applicationId);
    const worlds = {
      current: new ReplayedWorld(this.counters, (id) => this.ruleBook.rulesOf(id)),
      proposed: new ReplayedWorld(this.counters, proposedFor),
    };
    const period = await this.periodOf(order);
    const comparison = new Comparison();
    for await (const decision of this.recorded(applicationId, period, signal)) {
      const verdicts = {
        current: await worlds.current.replay(decision),
        proposed: await worlds.proposed.replay(decision),
      };
      const isTold = decision.atMs >= period.fromMs && (order.on === undefined || decision.on === order.on);
      if (isTold) comparison.add(decision, verdicts);
    }
    const { fromMs, untilMs, warmUpFromMs, truncated } = period;
    const times = { from: new Date(fromMs), until: new Date(untilMs), warmUpFrom: new Date(warmUpFromMs) };
    return { ...times, truncated, ...comparison.result() };
  }

  /** Everything that is kept fills the windows, as far as so many acts can be replayed. */
  private async periodOf({ applicationId, hours }: SimulationOrder): Promise<Period> {
    const untilMs = await this.decisions.now();
    const askedMs = untilMs - hours * HOUR_MS;
    const oldestMs =
      (await this.decisions.nthNewest(applicationId, MOST_DECISIONS)) ?? untilMs - RETENTION_HOURS * HOUR_MS;
    return { fromMs: Math.max(askedMs, oldestMs), untilMs, warmUpFromMs: oldestMs, truncated: oldestMs > askedMs };
  }

  private async *recorded(
    applicationId: string | null,
    { warmUpFromMs, untilMs }: Period,
    signal: AbortSignal,
  ): AsyncGenerator<ReplayedDecision> {
    let after: DecisionPlace | null = null;
    for (;;) {
      const page: ReplayedDecision[] = await this.decisions.replay({
        ...{ applicationId, fromMs: warmUpFromMs, untilMs, after, limit: PAGE },
      });
      let turn = performance.now();
      for (const decision of page) {
        if (performance.now() - turn > AT_ONCE_MS) {
          await others();
          turn = performance.now();
        }
        if (signal.aborted) throw nobodyWaits();
        yield decision;
      }
      after = page.at(-1) ?? after;
      if (page.length < PAGE) return;
    }
  }
}

interface Period {
  fromMs: number;
  untilMs: number;
  warmUpFromMs: number;
  truncated: boolean;
}

/** The same array for the same application: what is compiled from it is kept beside it. */
function remembered(rulesOf: (applicationId: string) => readonly Rule[]): (applicationId: string) => readonly Rule[] {
  const known = new Map<string, readonly Rule[]>();
  return (id) => {
    const rules = known.get(id) ?? rulesOf(id);
    known.set(id, rules);
    return rules;
  };
}

const simulating = () =>
  new DomainError('unavailable', 'overloaded', 'A simulation is running on this node. Wait until it has ended.', {
    retryAfterSeconds: 15,
  });

const nobodyWaits = () => new DomainError('unavailable', 'unavailable', 'Whoever asked is gone.');
