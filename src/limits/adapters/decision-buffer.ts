import type { Decision, Outcome } from '../application/ports.js';

/** A decision that waits to be written. */
export interface Waiting {
  /** In which order they came. */
  number: number;
  atMs: number;
  decision: Decision;
}

/** Acts that were only counted, because more came than are written down one by one. */
export interface NotRecorded {
  decision: Decision;
  times: number;
}

export interface BufferSize {
  /** How many decisions wait at most. */
  most: number;
  /** How many refusals of one application are kept of each second. */
  refusalsPerSecond: number;
}

const REFUSALS: readonly Outcome[] = ['refused', 'screened', 'suspected'];
/** Applications, acts and rules that are told apart in what was only counted; beyond, only applications and acts are. */
const MOST_KINDS = 1_000;

/**
 * Decisions between the moment they are made and the moment they are written. It never grows beyond its size: a flood is refused
 * before it is admitted, so refusals give way first, and what gives way is counted.
 */
export class DecisionBuffer {
  private readonly kept: Waiting[] = [];
  private readonly refusals: Waiting[] = [];
  private readonly refusalsOf = new Map<string, number>();
  private notRecorded = new Map<string, NotRecorded>();
  private second = 0;
  private number = 0;

  constructor(private readonly size: BufferSize) {}

  /** How many wait. */
  get length(): number {
    return this.kept.length + this.refusals.length;
  }

  add(decision: Decision, atMs: number): void {
    const waiting = { number: (this.number += 1), atMs, decision };
    if (!isRefusal(decision)) this.keep(waiting);
    else if (this.length < this.size.most && this.withinRate(decision.applicationId, atMs)) this.refusals.push(waiting);
    else this.count(decision);
  }

  /** The oldest that wait, in the order in which they came. */
  take(most: number): Waiting[] {
    const taken = [...this.kept.slice(0, most), ...this.refusals.slice(0, most)]
      .sort((a, b) => a.number - b.number)
      .slice(0, most);
    const refused = taken.filter(({ decision }) => isRefusal(decision)).length;
    this.refusals.splice(0, refused);
    this.kept.splice(0, taken.length - refused);
    return taken;
  }

  /** What could not be written waits again, before everything that came since. */
  putBack(taken: Waiting[]): void {
    const refused = taken.filter(({ decision }) => isRefusal(decision));
    this.refusals.unshift(...refused);
    this.kept.unshift(...taken.filter(({ decision }) => !isRefusal(decision)));
    while (this.length > this.size.most) this.giveWay();
  }

  /** What can not be written down at all is counted. */
  giveUp(taken: Waiting[]): void {
    for (const { decision } of taken) this.count(decision);
  }

  /** What was only counted since the last call. */
  takeNotRecorded(): NotRecorded[] {
    const counted = [...this.notRecorded.values()];
    this.notRecorded = new Map();
    return counted;
  }

  /** It could not be told. */
  putBackNotRecorded(counted: NotRecorded[]): void {
    for (const { decision, times } of counted) this.count(decision, times);
  }

  private keep(waiting: Waiting): void {
    this.kept.push(waiting);
    if (this.length > this.size.most) this.giveWay();
  }

  /** The newest refusal, or where there is none the newest of the others. */
  private giveWay(): void {
    const given = this.refusals.pop() ?? this.kept.pop();
    if (given) this.count(given.decision);
  }

  private withinRate(applicationId: string, atMs: number): boolean {
    const second = Math.floor(atMs / 1_000);
    if (second !== this.second) this.refusalsOf.clear();
    this.second = second;
    const count = (this.refusalsOf.get(applicationId) ?? 0) + 1;
    this.refusalsOf.set(applicationId, count);
    return count <= this.size.refusalsPerSecond;
  }

  private count(decision: Decision, times = 1): void {
    const { applicationId, on, refusedBy } = decision;
    const isNew = this.notRecorded.size < MOST_KINDS;
    const rules = isNew || this.notRecorded.has(keyOf(decision, refusedBy)) ? refusedBy : [];
    const key = keyOf(decision, rules);
    const known = this.notRecorded.get(key);
    if (known) known.times += times;
    else this.notRecorded.set(key, { decision: plain({ applicationId, on, refusedBy: rules }), times });
  }
}

const isRefusal = ({ outcome, refusedBy }: Decision) =>
  outcome === undefined ? refusedBy.length > 0 : REFUSALS.includes(outcome);

const keyOf = ({ applicationId, on }: Decision, rules: string[]) => [applicationId, on, ...rules].join(' ');

const plain = ({ applicationId, on, refusedBy }: Pick<Decision, 'applicationId' | 'on' | 'refusedBy'>): Decision => ({
  ...{ applicationId, on, refusedBy, shadowedBy: [] },
  ...{ verificationId: null, dimensions: { applicationId } },
});
