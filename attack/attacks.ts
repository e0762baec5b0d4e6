import type { Seeded } from '../chaos/seeded.js';
import { addresses } from './attacks/addresses.js';
import { amplifying } from './attacks/amplifying.js';
import { bombing } from './attacks/bombing.js';
import { locking } from './attacks/locking.js';
import { pumping } from './attacks/pumping.js';
import { replaying } from './attacks/replaying.js';
import { skewing } from './attacks/skewing.js';
import { spraying } from './attacks/spraying.js';
import { wiping } from './attacks/wiping.js';
import type { Outcome } from './stage/outcome.js';
import type { Target } from './stage/target.js';

/** How large an attack is, and what it is attacked with. */
export interface Scale {
  /** Decides what is drawn: numbers and guesses. */
  seed: Seeded;
  targets: number;
  /** Whether the second process's clock is an hour ahead. */
  skewed: boolean;
}

/** Every attack, in the order they are run. The last one empties Redis under the others' feet. */
export const ATTACKS = {
  bombing,
  locking: (target: Target) => locking(target, { guesses: 2_000 }),
  addresses,
  amplifying,
  skewing,
  replaying: (target: Target) => replaying(target, { victims: 50, logins: 20 }),
  pumping: (target: Target, { seed }: Scale) => pumping(target, { blocks: 5, numbers: 40, seed }),
  spraying: (target: Target, { targets, seed }: Scale) =>
    spraying(target, { ofOneNetwork: Math.min(targets, 200), ofManyNetworks: targets, seed }),
  wiping,
} satisfies Record<string, (target: Target, scale: Scale) => Promise<Outcome>>;
export type AttackName = keyof typeof ATTACKS;
