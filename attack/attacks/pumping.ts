import type { Seeded } from '../../chaos/seeded.js';
import type { Tenant } from '../../test/support/deployment.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, newAddress, newPhone, numberOf } from '../stage/people.js';
import type { Target } from '../stage/target.js';

/** Blocks of ten thousand numbers that somebody rents, and whose messages it is paid for. */
const COUNTED_UP = '+3712901';
const DRAWN = ['+3712902', '+3712903', '+3712904', '+3712905', '+3712906'];
/** So many numbers of a block without one approval close it, before their codes are over. */
const BURST = 16;
/** What a number in a row may have beside it. */
const IN_A_ROW = 8;
/** Farther from each other than neighbours are. */
const APART = 25;

export interface PumpingScale {
  /** How many blocks numbers are drawn from. */
  blocks: number;
  /** How many numbers of each block. */
  numbers: number;
  /** Decides which. */
  seed: Seeded;
}

/** Messages to numbers nobody reads, from as many networks as it takes: in a row within one block, and drawn from others. */
export async function pumping(target: Target, { blocks, numbers, seed }: PumpingScale): Promise<Outcome> {
  const shop = await target.application();
  const startedAt = Date.now();
  const inARow = await sentTo(target, shop, numbers, (n) => numberOf(COUNTED_UP, n));
  const drawn = await Promise.all(
    DRAWN.slice(0, blocks).map((block) =>
      sentTo(target, shop, numbers, (n) => numberOf(block, drawnFrom(seed.of(block), numbers)[n] ?? 0)),
    ),
  );
  const neighbour = await target.letsIn(shop, numberOf('+3712600', 1_234), { endUser: { ip: newAddress() } });
  const otherCountry = await target.letsIn(shop, newPhone());
  const all = inARow + drawn.reduce((sum, sent) => sum + sent, 0);
  return {
    tried: `${String(numbers)} numbers in a row, and ${String(numbers)} drawn from each of ${String(blocks)} other blocks`,
    gotThrough: `${String(inARow)} in a row; ${drawn.join(', ')} drawn`,
    hurt: `another block of the country ${neighbour ? 'gets in' : 'is refused'}; other countries ${otherCountry ? 'get in' : 'ARE REFUSED'}`,
    cost: `${String(all)} SMS, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      { what: 'numbers in a row are stopped after a handful', holds: inARow <= IN_A_ROW },
      { what: `a block nobody is approved in gets ${String(BURST)} messages`, holds: Math.max(...drawn) <= BURST },
      { what: 'another block of the country is not hurt', holds: neighbour },
      { what: 'other countries are not hurt', holds: otherCountry },
    ],
  };
}

/** Different ones, and no two of them beside each other. */
const drawnFrom = (seed: Seeded, count: number): number[] =>
  seed.shuffled(Array.from({ length: 10_000 / APART }, (_, n) => n * APART)).slice(0, count);

/** One after the other, each from a network of its own. @returns how many were sent. */
async function sentTo(target: Target, shop: Tenant, numbers: number, phoneOf: (n: number) => string): Promise<number> {
  const replies = [];
  for (let n = 0; n < numbers; n += 1)
    replies.push(await target.start(n, shop, phoneOf(n), { channels: ['sms'], endUser: { ip: newAddress() } }));
  return answered(202, replies);
}
