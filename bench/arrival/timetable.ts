interface Entry {
  atMs: number;
  /** Whose it is; one person does one thing after the other. */
  who: string;
  act: () => Promise<void>;
}

/** What will happen, by the second. Within one, what happens to different people happens at once. */
export class Timetable {
  private readonly bySecond = new Map<number, Entry[]>();

  /** @param atMs since the run began. */
  at(atMs: number, who: string, act: () => Promise<void>): void {
    const second = Math.floor(atMs / 1_000);
    const entries = this.bySecond.get(second) ?? [];
    entries.push({ atMs, who, act });
    this.bySecond.set(second, entries);
  }

  /** The first second in which anything happens. */
  next(): number | null {
    let first: number | null = null;
    for (const second of this.bySecond.keys()) if (first === null || second < first) first = second;
    return first;
  }

  /** Takes the earliest thing of each person in a second; none: the second is over. */
  takeRound(second: number): Entry[] {
    const entries = (this.bySecond.get(second) ?? []).toSorted((a, b) => a.atMs - b.atMs);
    const round = new Map<string, Entry>();
    for (const entry of entries) if (!round.has(entry.who)) round.set(entry.who, entry);
    const taken = new Set(round.values());
    const rest = entries.filter((entry) => !taken.has(entry));
    if (rest.length > 0) this.bySecond.set(second, rest);
    else this.bySecond.delete(second);
    return [...taken];
  }
}
