import type { Log, LogFields } from './log.js';

/** A line costs about ten microseconds: at most a thousandth of a core for each kind of line, however many there would be. */
const LINES_PER_SECOND = 50;

/**
 * Log lines that others can cause at will: the first of each second are written, the rest only counted, and the count is on the
 * next line that is written (`leftOut`). A flood must not be paid for twice, nor hide in what it makes others write.
 */
export class SampledLog {
  private readonly counts = new Map<string, { second: number; lines: number; leftOut: number }>();

  /** @param now milliseconds of any clock that does not go back. */
  constructor(
    private readonly log: Log,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * @param fields are asked for only when the line is written.
   * @param sort lines of one event that are counted apart, so that those which are easily caused do not hide the others.
   */
  write(level: 'info' | 'warn', event: string, fields: () => LogFields, sort = ''): void {
    const leftOut = this.place(`${event} ${sort}`);
    if (leftOut === null) return;
    this.log[level](event, leftOut > 0 ? { ...fields(), leftOut } : fields());
  }

  /** How many lines were left out before this one; null when it is left out, too. */
  private place(kind: string): number | null {
    const second = Math.floor(this.now() / 1_000);
    const count = this.counts.get(kind) ?? { second, lines: 0, leftOut: 0 };
    this.counts.set(kind, count);
    if (count.second !== second) Object.assign(count, { second, lines: 0 });
    if (count.lines >= LINES_PER_SECOND) {
      count.leftOut += 1;
      return null;
    }
    count.lines += 1;
    const { leftOut } = count;
    count.leftOut = 0;
    return leftOut;
  }
}
