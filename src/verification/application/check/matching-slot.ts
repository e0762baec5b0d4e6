import { timingSafeEqual } from 'node:crypto';
import type { Slot } from '../hot-state.js';

/** The slot whose digest is this one, compared in constant time; no slots, or an empty digest, never match (R10). */
export function matchingSlot(slots: Slot[], digest: string): Slot | null {
  const given = Buffer.from(digest, 'base64url');
  let match: Slot | null = null;
  for (const slot of slots) {
    const stored = Buffer.from(slot.digest, 'base64url');
    if (given.length > 0 && stored.length === given.length && timingSafeEqual(stored, given)) match = slot;
  }
  return match;
}
