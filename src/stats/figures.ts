/** What happened in one bucket of time, or in one group of it. */
export interface StatsRow {
  at: Date;
  /** The channel or country; null where there is none, or nothing is grouped. */
  name: string | null;
  started: number;
  approved: number;
  sent: number;
  delivered: number;
  failed: number;
  unconfirmed: number;
  fallbacks: number;
  /** Acts, by each rule, list or detector that refused them. */
  refusedBy: Record<string, number>;
  /** By each that would have, were it enforced. */
  shadowedBy: Record<string, number>;
}

type Counted = Partial<Omit<StatsRow, 'at' | 'name' | 'refusedBy' | 'shadowedBy'>>;

/** Puts together what is known of the same bucket and group from several places. */
export class Figures {
  private readonly byPlace = new Map<string, StatsRow>();

  count(at: Date, name: string | null, counted: Counted): void {
    Object.assign(this.row(at, name), counted);
  }

  refuse(
    at: Date,
    name: string | null,
    { rule, enforced, acts }: { rule: string; enforced: boolean; acts: number },
  ): void {
    const row = this.row(at, name);
    (enforced ? row.refusedBy : row.shadowedBy)[rule] = acts;
  }

  /** Oldest first. */
  rows(): StatsRow[] {
    return [...this.byPlace.values()].sort(
      (a, b) => a.at.getTime() - b.at.getTime() || ((a.name ?? '') < (b.name ?? '') ? -1 : 1),
    );
  }

  private row(at: Date, name: string | null): StatsRow {
    const key = `${String(at.getTime())} ${name ?? ''}`;
    const row = this.byPlace.get(key) ?? {
      ...{ at, name, started: 0, approved: 0, sent: 0, delivered: 0, failed: 0, unconfirmed: 0, fallbacks: 0 },
      ...{ refusedBy: {}, shadowedBy: {} },
    };
    this.byPlace.set(key, row);
    return row;
  }
}
