import type { Candidates } from './candidates.js';
import { LIST_KINDS, PERSONAL, type ListKind } from './listed-value.js';

/** More exact than any prefix, domain or range. */
const WHOLE = 1_000;

/** One list of one owner in memory. What a look-up costs grows with the length of what is looked up, not with the list. */
export class EntryIndex {
  private readonly ends = new Map(LIST_KINDS.map((kind) => [kind, new Map<string, number>()]));

  /** @param expiresAt milliseconds since the epoch; `Infinity`: never. */
  put(kind: ListKind, key: string, expiresAt: number): void {
    this.ends.get(kind)?.set(key, expiresAt);
  }

  drop(kind: ListKind, key: string): void {
    this.ends.get(kind)?.delete(key);
  }

  /** How exact the most exact entry is that covers one of these and has not ended; 0 when none does. */
  covers(candidates: readonly Candidates[], now: number): number {
    for (const { kind, keys } of candidates) {
      const ends = this.ends.get(kind);
      if (!ends || ends.size === 0) continue;
      const found = keys().find((key) => (ends.get(key) ?? 0) > now);
      if (found !== undefined) return PERSONAL.has(kind) ? WHOLE : found.length;
    }
    return 0;
  }
}
