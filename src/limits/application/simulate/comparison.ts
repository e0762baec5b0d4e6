import type { ReplayedDecision } from '../decision-log.js';
import type { Verdict } from './replayed-world.js';
import { fateOf, isAttempt, Tally, type Refusals } from './tally.js';

export interface Compared {
  acts: {
    /** What somebody wanted and limits judged. */
    replayed: number;
    /** Of these, what limits refused in reality. They are asked again: other rules might have let them through. */
    refusedInReality: number;
    /** What lists, countries or detectors refused, which rules have no say in. Not replayed. */
    refusedOtherwise: number;
    /** What came in a flood and is known as a count only. Not replayed. */
    notRecorded: number;
  };
  /** The rules that hold now, replayed the same way: what to compare with. */
  current: Refusals;
  proposed: Refusals;
  /** Some verifications that were approved, and of which the proposed rules refuse something that the current ones do not. */
  wronglyRefused: string[];
}

const LARGEST_SAMPLE = 20;

/** What two sets of rules say to the same acts. */
export class Comparison {
  private readonly acts = { replayed: 0, refusedInReality: 0, refusedOtherwise: 0, notRecorded: 0 };
  private readonly current = new Tally();
  private readonly proposed = new Tally();
  private readonly sample = new Set<string>();

  add(decision: ReplayedDecision, verdicts: { current: Verdict; proposed: Verdict }): void {
    const { outcome, times, refusedBy, verificationId } = decision;
    if (outcome === 'not-recorded') this.acts.notRecorded += times;
    if (outcome === 'screened' || (outcome === 'suspected' && refusedBy.length > 0)) this.acts.refusedOtherwise += 1;
    if (!isAttempt(decision)) return;
    this.acts.replayed += 1;
    if (outcome === 'refused') this.acts.refusedInReality += 1;
    this.current.add(decision, verdicts.current);
    this.proposed.add(decision, verdicts.proposed);
    const isNew = verdicts.proposed.kind === 'refused' && verdicts.current.kind !== 'refused';
    const isWrong = isNew && verificationId !== null && fateOf(decision) === 'approved';
    if (isWrong && this.sample.size < LARGEST_SAMPLE) this.sample.add(verificationId);
  }

  result(): Compared {
    const rest = { current: this.current.result(), proposed: this.proposed.result() };
    return { acts: this.acts, ...rest, wronglyRefused: [...this.sample] };
  }
}
