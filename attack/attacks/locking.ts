import { setTimeout as sleep } from 'node:timers/promises';
import type { Tenant } from '../../test/support/deployment.js';
import { sendsGrowOlder } from '../../test/support/limit-counters.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, newPhone, wrong } from '../stage/people.js';
import type { Target } from '../stage/target.js';

const FAILURES_PER_HOUR = 10;
const HOUR_SECONDS = 3_600;
/** Somebody who waits that long may start another login. */
const COOLDOWN_MS = 31_000;

/** Somebody guesses wrong for a victim as fast as it can, so that the victim is locked out for good (I11). */
export async function locking(target: Target, { guesses }: { guesses: number }): Promise<Outcome> {
  const [shop, elsewhere] = [await target.application(), await target.application()];
  const victim = newPhone();
  const startedAt = Date.now();
  const pending = await useUpTheBudget(target, shop, victim);
  const lockedAt = Date.now();
  const ends: number[] = [];
  const refused = await Promise.all(
    Array.from({ length: guesses }, async (_, n) => {
      await sleep(n * 2);
      const reply = await target.check(n, shop, pending, wrong('000000', n));
      // Without it the login's own attempts are all being looked at, by others of these guesses.
      const { retryAfterSeconds } = reply.body;
      if (retryAfterSeconds !== undefined) ends.push(Date.now() / 1_000 + retryAfterSeconds);
      return reply;
    }),
  );
  const prolonged = Math.max(...ends) - Math.min(...ends);
  const longest = Math.max(...ends) - lockedAt / 1_000;
  const [otherApplication, otherPerson] = [
    await target.letsIn(elsewhere, victim),
    await target.letsIn(shop, newPhone()),
  ];
  return {
    tried: `${String(FAILURES_PER_HOUR)} wrong codes for a victim, then ${String(guesses)} more while it was locked`,
    gotThrough: `${String(guesses - answered(429, refused))} of those were compared; the lock lasts ${String(Math.round(longest))} s at most`,
    hurt: `the victim, in one application; ${otherApplication ? 'not' : 'also'} in another, where it ${otherApplication ? 'gets' : 'does not get'} in`,
    cost: `${String(Date.now() - startedAt)} ms`,
    bounds: [
      { what: 'the lock says when it ends', holds: ends.length > 0 },
      { what: 'nothing is compared while locked', holds: answered(429, refused) === guesses },
      // Seconds are told whole, and rounded up.
      { what: 'trying does not prolong the lock', holds: prolonged <= 2 },
      { what: 'a lock of the hour’s budget ends within the hour', holds: longest <= HOUR_SECONDS + 2 },
      { what: 'another application does not know the lock', holds: otherApplication },
      { what: 'another person of the application is not locked', holds: otherPerson },
    ],
  };
}

/** Uses up the hour's failures on two of three logins. @returns the third, which is pending still. */
async function useUpTheBudget(target: Target, shop: Tenant, victim: string): Promise<string> {
  const logins: { id: string; code: string }[] = [];
  for (let messages = 1; messages <= 3; messages += 1) {
    const { body } = await target.start(messages, shop, victim);
    logins.push({ id: body.id ?? '', code: await target.codeSentTo(victim, messages) });
    await sendsGrowOlder(target.redis, COOLDOWN_MS, shop.applicationId);
  }
  for (const { id, code } of logins.slice(0, 2))
    for (let n = 0; n < FAILURES_PER_HOUR / 2; n += 1) await target.check(n, shop, id, wrong(code, n));
  return logins.at(-1)?.id ?? '';
}
