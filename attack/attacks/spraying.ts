import type { Seeded } from '../../chaos/seeded.js';
import type { Tenant } from '../../test/support/deployment.js';
import type { Reply } from '../../test/support/http-client.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, inTurns, newAddress, newPhone } from '../stage/people.js';
import type { Answer, Target } from '../stage/target.js';

/** Verifications that one network may guess wrong at before it is refused. */
const TOLERATED = 20;
const AT_ONCE = 8;
/** So many are started before they are guessed at: a code does not live for as long as it takes to start a hundred thousand. */
const ROUND = 1_000;

/**
 * Numbers of which nobody is approved close their country soon. Who sprays the logins of a busy application hides among
 * approvals, so what is attacked here has no other defence than the one against sprays.
 */
const SPRAY_ONLY = {
  conversion: { block: { mode: 'off' }, network: { mode: 'off' }, country: { mode: 'off' } },
  pumping: { sequence: { mode: 'off' }, block: { mode: 'off' } },
};

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
  for (const sprayed of [shop, otherShop]) await target.setDetectors(sprayed, SPRAY_ONLY);
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
      { what: 'it was not cut off sooner than that', holds: (ofOne ?? 0) >= Math.min(TOLERATED, ofOneNetwork) },
      {
        what: 'every verification was started and guessed at, from one network and from many',
        holds: one.length === ofOneNetwork && many.length === ofManyNetworks && ofMany === ofManyNetworks,
      },
      { what: 'another network still gets in', holds: otherNetwork },
      { what: 'operators are told of a spray from everywhere', holds: told },
    ],
  };
}

/** @returns what came of each guess; of a login that was not let start there is none. */
async function guessOnce(target: Target, shop: Tenant, guesses: string[], addressOf: (n: number) => string) {
  const replies: Reply<Answer>[] = [];
  for (let first = 0; first < guesses.length; first += ROUND) {
    const round = guesses.slice(first, first + ROUND).map((guess, n) => ({ guess, ip: addressOf(first + n) }));
    const logins = await inTurns(round, AT_ONCE, async ({ guess, ip }, n) => {
      const { body } = await target.start(n, shop, newPhone(), { channels: ['sms'], endUser: { ip } });
      return body.id === undefined ? [] : [{ id: body.id, guess, ip }];
    });
    const guessed = await inTurns(logins.flat(), AT_ONCE, ({ id, guess, ip }, n) =>
      target.check(n, shop, id, guess, { endUser: { ip } }),
    );
    replies.push(...guessed);
  }
  return replies;
}
