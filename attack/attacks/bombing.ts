import { newPhone, answered } from '../stage/people.js';
import type { Outcome } from '../stage/outcome.js';
import type { Target } from '../stage/target.js';

/** What the rule across all applications lets one person get in a day. */
const PER_DAY_EVERYWHERE = 20;
const TRIES = 3;

/** One victim is bombed by way of many applications, each of which keeps to its own limits. */
export async function bombing(target: Target): Promise<Outcome> {
  const shops = await target.applications(PER_DAY_EVERYWHERE + 5);
  const [victim, bystander] = [newPhone(), newPhone()];
  const startedAt = Date.now();
  const replies = await Promise.all(
    shops.flatMap((shop) => Array.from({ length: TRIES }, (_, n) => target.start(n, shop, victim))),
  );
  await target.quiet();
  const messages = target.gateway.to(victim).length;
  const [shop] = shops;
  const bystanderIn = shop !== undefined && (await target.letsIn(shop, bystander));
  return {
    tried: `${String(replies.length)} starts for one number, in ${String(shops.length)} applications at once`,
    gotThrough: `${String(messages)} messages (${String(answered(202, replies))} accepted)`,
    hurt: bystanderIn ? 'nobody: another number gets its code' : 'another number is refused',
    cost: `${String(messages)} SMS, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      {
        what: `at most ${String(PER_DAY_EVERYWHERE)} messages to one number a day`,
        holds: messages <= PER_DAY_EVERYWHERE,
      },
      { what: 'the limit is used: the attack reached it', holds: messages === PER_DAY_EVERYWHERE },
      { what: 'another number still gets in', holds: bystanderIn },
    ],
  };
}
