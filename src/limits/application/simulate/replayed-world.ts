import { Clock } from '../../../shared/clock.js';
import type { Rule } from '../../domain/rule.js';
import { Limiter } from '../limiter.js';
import type { ReplayedDecision } from '../decision-log.js';
import { RuleBook } from '../ports.js';
import type { CountersApart } from './ports.js';

/** What some rules say to an act that was recorded. */
export type Verdict =
  /** `shadowed`: shadow rules that would have refused it. */
  | { kind: 'allowed'; shadowed: string[] }
  | { kind: 'refused'; rules: string[]; shadowed: string[] }
  /** It could not come to it: with these rules the verification would never have begun. */
  | { kind: 'unreached' }
  /** Nothing that limits judge: what was given back, or refused for other reasons. */
  | { kind: 'not-judged' };

const UNREACHED: Verdict = { kind: 'unreached' };
const NOT_JUDGED: Verdict = { kind: 'not-judged' };

/** Time as it was when each act happened. */
class ReplayClock extends Clock {
  override readonly offsetMs = 0;
  nowMs = 0;

  override now(): number {
    return this.nowMs;
  }
}

/**
 * What would have happened with other rules: counters of its own, the time of the record, and the limiter that counts in
 * reality. Acts must come oldest first.
 */
export class ReplayedWorld {
  private readonly clock = new ReplayClock();
  private readonly limiter: Limiter;
  private readonly known = new Set<string>();
  private readonly neverBegan = new Set<string>();
  private readonly refusedActs = new Set<string>();

  /** @param rulesOf the same array for an application each time: what is compiled from it is kept beside it. */
  constructor(counters: CountersApart, rulesOf: (applicationId: string) => readonly Rule[]) {
    this.limiter = new Limiter(counters.countingAt(this.clock), new GivenRules(rulesOf));
  }

  async replay(decision: ReplayedDecision): Promise<Verdict> {
    const { on, act, atMs, verificationId, dimensions, fallback } = decision;
    this.clock.nowMs = Math.max(this.clock.nowMs, atMs);
    if (verificationId !== null && this.neverBegan.has(verificationId)) return UNREACHED;
    if (act !== null && this.refusedActs.has(act) && on === 'failed-check') return UNREACHED;
    const reservation = act ?? decision.id;
    switch (decision.outcome) {
      case 'admitted':
      case 'refused':
        return this.judge(decision, reservation);
      case 'returned':
        await this.limiter.refund(on, reservation, dimensions, { cooldown: !fallback });
        return NOT_JUDGED;
      case 'succeeded':
        await this.limiter.succeeded(reservation, dimensions);
        return NOT_JUDGED;
      case 'unlocked':
        await this.limiter.unlock(dimensions);
        return NOT_JUDGED;
      case 'screened':
      case 'suspected':
      case 'not-recorded':
        return NOT_JUDGED;
    }
  }

  private async judge(decision: ReplayedDecision, reservation: string): Promise<Verdict> {
    const { on, verificationId, dimensions, fallback, lockedAs } = decision;
    const { applicationId, recipient, subject } = dimensions;
    const unlessLocked = on === 'send' ? { applicationId, recipient: lockedAs ?? recipient, subject } : undefined;
    const judged = await this.limiter.take(on, reservation, dimensions, {
      cooldown: !fallback,
      ...(unlessLocked && { unlessLocked }),
    });
    const begins = on === 'send' || on === 'unsent-start';
    const isStart = begins && verificationId !== null && !this.known.has(verificationId);
    if (begins && verificationId !== null) this.known.add(verificationId);
    if (judged.kind === 'allowed') return { kind: 'allowed', shadowed: judged.shadowed };
    this.refusedActs.add(reservation);
    if (isStart) this.neverBegan.add(verificationId);
    return { kind: 'refused', rules: judged.rules, shadowed: judged.shadowed };
  }
}

class GivenRules extends RuleBook {
  constructor(private readonly given: (applicationId: string) => readonly Rule[]) {
    super();
  }

  override rulesOf(applicationId: string): readonly Rule[] {
    return this.given(applicationId);
  }
}
