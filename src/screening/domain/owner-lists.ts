import type { Candidates } from './candidates.js';
import { EntryIndex } from './entry-index.js';

export const LIST_NAMES = ['block', 'safe'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** Whom an application, or the whole installation, blocks and whom it trusts. */
export type OwnerLists = Record<ListName, EntryIndex>;

export const emptyLists = (): OwnerLists => ({ block: new EntryIndex(), safe: new EntryIndex() });

/**
 * Each owner's block list goes before its own safe list, unless the safe entry is the more exact one (a number before its prefix).
 * No owner's safe list lifts another's block: an application can not trust whom the installation blocks.
 */
export function judgeLists(
  owners: readonly OwnerLists[],
  candidates: readonly Candidates[],
  now: number,
): 'blocked' | 'safe' | 'unlisted' {
  let safe = false;
  for (const lists of owners) {
    const blocked = lists.block.covers(candidates, now);
    const trusted = lists.safe.covers(candidates, now);
    if (blocked > 0 && blocked >= trusted) return 'blocked';
    safe ||= trusted > 0;
  }
  return safe ? 'safe' : 'unlisted';
}
