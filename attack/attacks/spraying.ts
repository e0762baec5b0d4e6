import type { Seeded } from '../../chaos/seeded.js';
import type { Tenant } from '../../test/support/deployment.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, inTurns, newAddress, newPhone } from '../stage/people.js';
import type { Target } from '../stage/target.js';

/** Verifications that one network may guess wrong at before it is refused. */
const TOLERATED = 20;
const AT_ONCE = 8;

export interface SprayScale {
  /** Whom one network guesses at. */
  ofOneNetwork: number;
  /** Whom as many networks as it takes guess at. */
  ofManyNetworks: number;
  /** Decides what is guessed. */
  seed: Seeded;
}

/** One guess at each of many codes: no recipient's budget is used up, and one in a million is right. */
export async function spraying(target: Target, { ofOneNetwork, ofManyNetworks, seed }: SprayScale): Promise<Outcome> {
  const [shop, otherShop] = [await target.application(), await target.application()];
  const startedAt = Date.now();
  const drawn = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => seed.of(`${name} ${String(n)}`).digits(6));
  const one = await guessOnce(target, shop, drawn('one', ofOneNetwork), (n) => `198.51.100.${String(1 + (n % 250))}`);
  const sameNetwork = await target.letsIn(shop, newPhone(), { endUser: { ip: '198.51.100.254' } });
  const otherNetwork = await target.letsIn(shop, newPhone(), { endUser: { ip: newAddress() } });
  const many = await guessOnce(target, otherShop, drawn('many', ofManyNetworks), newAddress);
  const told = ofManyNetworks === 0 || (await target.trips(otherShop)).includes('spray-key');
  const [ofOne, ofMany] = [one, many].map((replies) => answered(422, replies) + answered(200, replies));
  return {
    tried: `one guess each at ${String(ofOneNetwork)} people's codes from one network, at ${String(ofManyNetworks)} from as many networks`,
    gotThrough: `${String(ofOne)} and ${String(ofMany)} guesses compared, ${String(answered(200, [...one, ...many]))} right`,
    hurt: `${sameNetwork ? 'nobody' : 'whoever sits in the same network, for an hour'}; another network ${otherNetwork ? 'gets in' : 'IS REFUSED'}`,
    cost: `${String(ofOneNetwork + ofManyNetworks)} SMS, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      // What was under way when it tripped is compared still.
      {
        what: `one network has about ${String(TOLERATED)} guesses compared`,
        holds: (ofOne ?? 0) <= TOLERATED + AT_ONCE,
      },
      { what: 'the guesses were really made', holds: (ofOne ?? 0) >= Math.min(TOLERATED, ofOneNetwork) / 2 },
      { what: 'another network still gets in', holds: otherNetwork },
      { what: 'operators are told of a spray from everywhere', holds: told },
    ],
  };
}

async function guessOnce(target: Target, shop: Tenant, guesses: string[], addressOf: (n: number) => string) {
  const logins = await inTurns(guesses.length, AT_ONCE, async (n) => {
    const more = { channels: ['sms'], endUser: { ip: addressOf(n) } };
    return (await target.start(n, shop, newPhone(), more)).body.id;
  });
  const started = logins.filter((id) => id !== undefined);
  await target.quiet();
  return inTurns(started.length, AT_ONCE, (n) =>
    target.check(n, shop, started[n] ?? '', guesses[n] ?? '', { endUser: { ip: addressOf(n) } }),
  );
}
