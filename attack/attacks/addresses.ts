import type { Outcome } from '../stage/outcome.js';
import { answered, newPhone } from '../stage/people.js';
import type { Target } from '../stage/target.js';

const SENDS_PER_ADDRESS = 10;
const TRIES = 30;

/** One customer's line is 2^64 addresses, each address has many spellings, and a header may claim any (R40, R41). */
export async function addresses(target: Target): Promise<Outcome> {
  const startedAt = Date.now();
  const ways = {
    'addresses of one IPv6 /64': (n: number) => ({
      ip: `2001:db8:${String(startedAt % 9_999)}:1:${String(n + 1)}::${String(n)}`,
    }),
    'spellings of one IPv4 address': (n: number) => ({
      ip: ['198.51.100.7', '::ffff:198.51.100.7', '::FFFF:c633:6407'][n % 3],
    }),
    'one address behind other X-Forwarded-For': () => ({ ip: '198.51.100.8' }),
  };
  const got: Record<string, number> = {};
  for (const [way, endUser] of Object.entries(ways)) {
    const shop = await target.application();
    const replies = await Promise.all(
      Array.from({ length: TRIES }, (_, n) => target.start(n, shop, newPhone(), { endUser: endUser(n) }, claiming(n))),
    );
    got[way] = answered(202, replies);
  }
  const another = await target.letsIn(await target.application(), newPhone(), { endUser: { ip: '2001:db8:0:2::1' } });
  return {
    tried: `${String(TRIES)} numbers each by way of ${Object.keys(ways).join(', ')}`,
    gotThrough: Object.values(got).join(', '),
    hurt: another ? 'nobody: another address gets in' : 'another address is refused',
    cost: `${String(Object.values(got).reduce((sum, sent) => sum + sent, 0))} SMS, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      ...Object.entries(got).map(([way, sent]) => ({
        what: `${way}: ${String(SENDS_PER_ADDRESS)} messages an hour`,
        holds: sent === SENDS_PER_ADDRESS,
      })),
      { what: 'another address still gets in', holds: another },
    ],
  };
}

const claiming = (n: number) => ({ 'x-forwarded-for': `203.0.113.${String(n)}, 198.51.100.${String(n)}` });
