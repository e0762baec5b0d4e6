import { passPauses } from '../stage/passing-time.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, newPhone } from '../stage/people.js';
import type { Target } from '../stage/target.js';

const MOST_SENDS = 5;
const AT_ONCE = 10;

/** One start is turned into as many messages as fallbacks and resends will give. The gateway refuses the number: voice is next. */
export async function amplifying(target: Target): Promise<Outcome> {
  const shop = await target.application();
  const phone = newPhone('09');
  const startedAt = Date.now();
  const { body } = await target.start(0, shop, phone);
  const id = body.id ?? '';
  const replies = [];
  for (let round = 0; round < MOST_SENDS + 2; round += 1) {
    const path = `/v1/verifications/${id}/resend`;
    const asked = (n: number) => target.post(n, path, shop, { channel: n % 2 === 0 ? 'sms' : 'voice' });
    replies.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => asked(n)))));
    await passPauses(target, shop, id);
  }
  await target.quiet();
  const sent = await target.deliveriesOf(shop, id);
  return {
    tried: `1 start and ${String(replies.length)} resends on both channels, with the pauses between them waited for`,
    gotThrough: `${String(sent)} messages (${String(answered(202, replies))} resends accepted)`,
    hurt: 'nobody',
    cost: `${String(sent)} messages, ${String(Date.now() - startedAt)} ms`,
    bounds: [
      {
        what: `one verification sends at most ${String(MOST_SENDS)} messages, fallbacks included`,
        holds: sent <= MOST_SENDS && sent > 1,
      },
    ],
  };
}
