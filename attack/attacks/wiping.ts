import type { Outcome } from '../stage/outcome.js';
import { answered, newPhone, wrong } from '../stage/people.js';
import type { Target } from '../stage/target.js';

const ATTEMPTS = 5;
const TRIES = 20;

/** Redis is emptied in the middle: what was counted there is gone, and what must not be had again must not be had again (I3). */
export async function wiping(target: Target): Promise<Outcome> {
  const shop = await target.application();
  const victim = newPhone();
  const startedAt = Date.now();
  const before = await Promise.all(Array.from({ length: TRIES }, (_, n) => target.start(n, shop, victim)));
  const id = before.find(({ status }) => status === 202)?.body.id ?? '';
  const code = await target.codeSentTo(victim);
  const guess = (n: number) => target.check(n, shop, id, wrong(code, n));
  const guesses = [];
  for (let n = 0; n < 3; n += 1) guesses.push(await guess(n));
  await target.redis.wipe();
  const right = await target.check(0, shop, id, code);
  for (let n = 3; n < TRIES; n += 1) guesses.push(await guess(n));
  const after = await Promise.all(Array.from({ length: TRIES }, (_, n) => target.start(n, shop, victim)));
  await target.quiet();
  const [compared, messages] = [answered(422, guesses), target.gateway.to(victim).length];
  const honest = await target.letsIn(shop, newPhone());
  return {
    tried: `${String(2 * TRIES)} starts and ${String(TRIES)} guesses for one number, FLUSHALL in the middle`,
    gotThrough: `${String(messages)} messages, ${String(compared)} guesses compared; the code itself is answered with ${String(right.status)}`,
    hurt: honest ? 'whoever waited for a code at that moment asks for another' : 'nobody gets in any more',
    cost: `${String(messages)} SMS, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      {
        what: 'one message before and one after, as the cooldown says',
        holds: answered(202, before) === 1 && answered(202, after) === 1 && messages <= 2,
      },
      { what: `at most ${String(ATTEMPTS)} guesses at one code, whatever was forgotten`, holds: compared <= ATTEMPTS },
      {
        what: 'nothing is compared with the code that was sent before, and that code is not right any more',
        holds: compared === 3 && right.status !== 200,
      },
      { what: 'a newcomer gets in', holds: honest },
    ],
  };
}
