import { FAULT_KINDS, type FaultKind } from '../history/faults.js';
import type { Seeded } from '../seeded.js';

/** How long a fault takes with everything it needs to be over, and what it may share its time with. */
interface Habitat {
  /** Two lanes run side by side: what befalls nodes, and what befalls everything else. `alone`: neither lane meanwhile. */
  lane: 'nodes' | 'rest' | 'alone';
  lastsMs: number;
  /** How often it is in one round of all faults. */
  often?: number;
}

const HABITATS: Record<FaultKind, Habitat> = {
  'kill-at-step': { lane: 'nodes', lastsMs: 5_000, often: 4 },
  kill: { lane: 'nodes', lastsMs: 4_000 },
  freeze: { lane: 'nodes', lastsMs: 19_000 },
  'clock-jump': { lane: 'nodes', lastsMs: 6_000 },
  'rolling-restart': { lane: 'alone', lastsMs: 9_000 },
  'redis-restart': { lane: 'rest', lastsMs: 3_000 },
  'redis-wipe': { lane: 'rest', lastsMs: 1_000 },
  'redis-failover': { lane: 'rest', lastsMs: 6_000 },
  'redis-freeze': { lane: 'rest', lastsMs: 5_000 },
  'postgres-restart': { lane: 'rest', lastsMs: 3_000 },
  'postgres-kill': { lane: 'rest', lastsMs: 3_000 },
  'cut-connections': { lane: 'rest', lastsMs: 2_000 },
  'partition-redis': { lane: 'rest', lastsMs: 6_000 },
  'partition-postgres': { lane: 'rest', lastsMs: 6_000 },
  'carrier-hangs': { lane: 'rest', lastsMs: 6_000 },
  'carrier-lies': { lane: 'rest', lastsMs: 5_000 },
};

/** Room to recover in, at least and at most. */
const GAP_MS = [1_000, 2_500] as const;

export interface PlannedFault {
  kind: FaultKind;
  lane: Habitat['lane'];
  atMs: number;
  lastsMs: number;
  /** For whatever the fault has to choose: node, step, offset. */
  random: Seeded;
}

/**
 * Draws what will happen when: all kinds once (some more often) in a random order, then again, until the time is over.
 *
 * @param kinds those that are possible and wanted.
 * @param forMs from the beginning to when everything should be over.
 */
export function drawSchedule(kinds: readonly FaultKind[], forMs: number, seed: Seeded): PlannedFault[] {
  const drawn: PlannedFault[] = [];
  const free = { nodes: 0, rest: 0 };
  const pause = seed.of('pauses');
  for (let round = 1; ; round += 1) {
    const before = drawn.length;
    for (const kind of seed.of(`round ${String(round)}`).shuffled(oneRound(kinds))) {
      const { lane, lastsMs } = HABITATS[kind];
      const gapMs = pause.int(...GAP_MS);
      const atMs = (lane === 'alone' ? Math.max(free.nodes, free.rest) : free[lane]) + gapMs;
      if (atMs + lastsMs > forMs) continue;
      drawn.push({ kind, lane, atMs, lastsMs, random: seed.of(`fault ${String(drawn.length + 1)}`) });
      if (lane !== 'rest') free.nodes = atMs + lastsMs;
      if (lane !== 'nodes') free.rest = atMs + lastsMs;
    }
    if (drawn.length === before) return drawn.sort((a, b) => a.atMs - b.atMs);
  }
}

const oneRound = (kinds: readonly FaultKind[]) =>
  FAULT_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) =>
    Array.from({ length: HABITATS[kind].often ?? 1 }, () => kind),
  );
