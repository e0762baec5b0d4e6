import type { Outcome } from '../stage/outcome.js';
import { answered, newPhone } from '../stage/people.js';
import type { Target } from '../stage/target.js';

const VICTIMS = 10;
const TRIES = 10;

/** The clock of one of two processes is an hour ahead: whoever asks both must not get a second window (I4). */
export async function skewing(target: Target, { skewed }: { skewed: boolean }): Promise<Outcome> {
  const shop = await target.application();
  const victims = Array.from({ length: VICTIMS }, () => newPhone());
  const startedAt = Date.now();
  const replies = await Promise.all(
    victims.flatMap((victim) => Array.from({ length: TRIES }, (_, n) => target.start(n, shop, victim))),
  );
  await target.quiet();
  const most = Math.max(...victims.map((victim) => target.gateway.to(victim).length));
  return {
    tried: `${String(TRIES)} starts for each of ${String(VICTIMS)} numbers at both processes${skewed ? '' : ' (WITHOUT a shifted clock: libfaketime is missing)'}`,
    gotThrough: `${String(answered(202, replies))} messages, at most ${String(most)} to one number`,
    hurt: 'nobody',
    cost: `${String(answered(202, replies))} SMS, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      {
        what: 'one message within the cooldown, whichever process is asked',
        holds: most === 1 && answered(202, replies) === VICTIMS,
      },
    ],
  };
}
