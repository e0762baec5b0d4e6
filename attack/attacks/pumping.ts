import { setTimeout as sleep } from 'node:timers/promises';
import type { Tenant } from '../../test/support/deployment.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, newAddress, newPhone, numberOf } from '../stage/people.js';
import type { Target } from '../stage/target.js';

/** Blocks of ten thousand numbers that somebody rents, and whose calls and messages it is paid for. */
const COUNTED_UP = '+3712901';
const DRAWN = ['+3712902', '+3712903', '+3712904'];
/** A block is watched number by number. */
const SUSPICIOUS_NUMBERS = 8;
/** The shortest life of a code: what is never typed in is known after it. */
const TTL_SECONDS = 10;

export interface PumpingScale {
  /** Numbers of each block in each wave. */
  numbers: number;
  /** Whether a second wave comes when the first one's codes are over. */
  twice: boolean;
}

/** Messages to numbers nobody reads, from as many networks as it takes: in a row within one block, and drawn from others. */
export async function pumping(target: Target, { numbers, twice }: PumpingScale): Promise<Outcome> {
  const shop = await target.application();
  const startedAt = Date.now();
  const inARow = await wave(target, shop, (n) => numberOf(COUNTED_UP, n), numbers);
  const first = await waveOfAll(target, shop, numbers, 0);
  if (twice) await sleep((TTL_SECONDS + 2) * 1_000);
  const second = twice ? await waveOfAll(target, shop, numbers, 1) : [];
  const [sameCountry, otherCountry] = [
    await target.letsIn(shop, numberOf('+3712600', 1_234), { endUser: { ip: newAddress() } }),
    await target.letsIn(shop, newPhone()),
  ];
  const sent = [inARow, first, second].map((replies) => answered(202, replies));
  const all = sent.reduce((sum, count) => sum + count, 0);
  return {
    tried: `${String(numbers)} numbers in a row, ${String(numbers)} of each of ${String(DRAWN.length)} other blocks${twice ? ', and those blocks again' : ''}`,
    gotThrough: `${sent.join(', ')} messages`,
    hurt: `another number of the country ${sameCountry ? 'gets in' : 'is refused for an hour'}; other countries ${otherCountry ? 'get in' : 'ARE REFUSED'}`,
    cost: `${String(all)} SMS, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      { what: 'numbers in a row are stopped after a handful', holds: (sent[0] ?? 0) <= SUSPICIOUS_NUMBERS },
      {
        what: 'blocks whose codes nobody typed get nothing more',
        holds: !twice || numbers < SUSPICIOUS_NUMBERS || sent[2] === 0,
      },
      { what: 'other countries are not hurt', holds: otherCountry },
    ],
  };
}

async function waveOfAll(target: Target, shop: Tenant, numbers: number, round: number) {
  const drawn = (block: string) =>
    wave(target, shop, (n) => numberOf(block, ((round * numbers + n) * 1_237) % 10_000), numbers);
  return (await Promise.all(DRAWN.map(drawn))).flat();
}

/** One after the other, each from a network of its own. */
async function wave(target: Target, shop: Tenant, phoneOf: (n: number) => string, numbers: number) {
  const replies = [];
  for (let n = 0; n < numbers; n += 1) {
    const more = { ttlSeconds: TTL_SECONDS, channels: ['sms'], endUser: { ip: newAddress() } };
    replies.push(await target.start(n, shop, phoneOf(n), more));
  }
  return replies;
}
