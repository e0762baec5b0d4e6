import { vi } from 'vitest';

/** On a machine that does ten other things a process may not run for seconds; who is right is done long before. */
const PATIENCE = { timeout: 20_000, interval: 25 };

/**
 * Waits until what another party does at its own time is seen, or until `check` returns without an error.
 *
 * @param over only where somebody takes longer by design.
 * @throws what `check` threw last.
 */
export function eventually<Seen>(
  check: () => Seen | Promise<Seen>,
  over: Partial<typeof PATIENCE> = {},
): Promise<Seen> {
  return vi.waitFor(check, { ...PATIENCE, ...over });
}
