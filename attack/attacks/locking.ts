import type { Tenant } from '../../test/support/deployment.js';
import { sendsGrowOlder } from '../../test/support/limit-counters.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, inTurns, newPhone, wrong } from '../stage/people.js';
import type { Target } from '../stage/target.js';

const FAILURES_PER_HOUR = 10;
const AT_ONCE = 30;
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
  const wrongCodes = Array.from({ length: guesses }, (_, n) => wrong('000000', n));
  const refused = await inTurns(wrongCodes, AT_ONCE, async (code, n) => {
    const askedAt = Date.now() / 1_000;
    const { status, body } = await target.check(n, shop, pending, code);
    return { status, askedAt, answeredAt: Date.now() / 1_000, ...body };
  });
  const compared = answered(422, refused) + answered(200, refused);
  // Without a time the login's own attempts are all being looked at, by others of these guesses.
  const told = refused.flatMap((answer) => (answer.status === 429 && answer.retryAfterSeconds ? [endOf(answer)] : []));
  const [earliest, latest] = [
    Math.min(...told.map(({ before }) => before)),
    Math.max(...told.map(({ after }) => after)),
  ];
  const lasts = latest - lockedAt / 1_000;
  const [otherApplication, otherPerson] = [
    await target.letsIn(elsewhere, victim),
    await target.letsIn(shop, newPhone()),
  ];
  return {
    tried: `${String(FAILURES_PER_HOUR)} wrong codes for a victim, then ${String(guesses)} more while it was locked`,
    gotThrough: `${String(compared)} of those were compared; the lock lasts ${String(Math.round(lasts))} s`,
    hurt: `the victim, in one application; ${otherApplication ? 'not' : 'also'} in another, where it ${otherApplication ? 'gets' : 'does not get'} in`,
    cost: `${String(Date.now() - startedAt)} ms`,
    bounds: [
      { what: 'the lock says when it ends', holds: told.length > 0 },
      { what: 'nothing is compared while locked', holds: compared === 0 },
      { what: 'trying does not prolong the lock', holds: latest <= earliest },
      { what: 'a lock of the hour’s budget ends within the hour', holds: lasts <= HOUR_SECONDS },
      { what: 'another application does not know the lock', holds: otherApplication },
      { what: 'another person of the application is not locked', holds: otherPerson },
    ],
  };
}

/** When the lock ends, as one answer tells: within these two moments, since seconds are told whole and answers take their time. */
const endOf = (answer: { askedAt: number; answeredAt: number; retryAfterSeconds?: number }) => ({
  after: answer.askedAt + (answer.retryAfterSeconds ?? 0) - 1,
  before: answer.answeredAt + (answer.retryAfterSeconds ?? 0),
});

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
