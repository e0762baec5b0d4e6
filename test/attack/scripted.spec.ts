/**
 * The attacks of `npm run attack`, small: what gets through, and whom it hurts. Each runs against two real processes that send
 * through one gateway; the clock of the second is an hour ahead.
 */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addresses } from '../../attack/attacks/addresses.js';
import { amplifying } from '../../attack/attacks/amplifying.js';
import { bombing } from '../../attack/attacks/bombing.js';
import { locking } from '../../attack/attacks/locking.js';
import { pumping } from '../../attack/attacks/pumping.js';
import { replaying } from '../../attack/attacks/replaying.js';
import { skewing } from '../../attack/attacks/skewing.js';
import { spraying } from '../../attack/attacks/spraying.js';
import { wiping } from '../../attack/attacks/wiping.js';
import { shiftedByAnHour } from '../../attack/stage/shifted-clock.js';
import { newPhone } from '../../attack/stage/people.js';
import { brokenBounds, type Outcome } from '../../attack/stage/outcome.js';
import { Target } from '../../attack/stage/target.js';
import { Seeded } from '../../chaos/seeded.js';
import { createWorld } from '../support/create-world.js';

let target: Target;

beforeAll(async () => {
  const scratch = inject('scratchFolder');
  const [world, clock] = await Promise.all([createWorld(), shiftedByAnHour(scratch)]);
  target = await Target.open({ world, scratch, secondEnv: clock ?? {} });
});
afterAll(async () => {
  await target.close();
  await target.world.close();
});

const expectBounded = (outcome: Outcome) => {
  expect(brokenBounds(outcome), JSON.stringify(outcome, null, 2)).toEqual([]);
};

test('R49 a refusal tells the key’s holder which limits, and has words for the end user that tell nothing', async () => {
  const [shop, phone] = [await target.application(), newPhone()];
  await target.start(0, shop, phone);
  const { status, headers, body } = await target.start(1, shop, phone, { locale: 'de-AT' });
  const [policy, limit] = [headers.get('ratelimit-policy'), headers.get('ratelimit')];
  const seconds = Number(/^"recipient-cooldown";r=0;t=(\d+)$/.exec(limit ?? '')?.[1]);

  expect([status, policy]).toEqual([429, '"recipient-cooldown";q=1;w=30']);
  expect(seconds).toBeGreaterThan(20);
  expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(seconds);
  const names = ['recipient-cooldown'];
  expect(body).toMatchObject({ code: 'cooldown', violatedPolicies: names, 'violated-policies': names });
  expect(body).not.toHaveProperty('policies');
  const detail = expect.stringMatching(
    /^Eben wurde ein Code gesendet\. In [23]\d Sekunden können Sie einen neuen anfordern\.$/,
  ) as string;
  expect(body).toMatchObject({ endUser: { title: 'Bitte warten', detail } });
});

test('R39 bombing one victim by way of many applications ends at the limit across all of them', async () => {
  expectBounded(await bombing(target));
});

test('I11 R20 R21 locking a victim out neither prolongs the lock nor spreads it', async () => {
  expectBounded(await locking(target, { guesses: 60 }));
});

test('R40 R41 neither a /64, nor spellings, nor X-Forwarded-For make a new person of somebody', async () => {
  expectBounded(await addresses(target));
});

test('I4 R42 a process whose clock is an hour off gives nobody a second window', async () => {
  expectBounded(await skewing(target, { skewed: true }));
});

test('I9 R66 R72 a code that somebody else sees lets in once, whatever clock a process has', async () => {
  expectBounded(await replaying(target, { victims: 3, logins: 8 }));
});

test('R28 R35 resends and fallbacks make no more than five messages of one start', async () => {
  expectBounded(await amplifying(target));
});

test('R46 pumping ends after a handful in a row and after sixteen drawn of a block, and hurts nobody else', async () => {
  expectBounded(await pumping(target, { blocks: 1, numbers: 18, seed: Seeded.from(1) }));
});

test('R26 spraying one guess on each of many from one network ends, and hurts no other network', async () => {
  expectBounded(await spraying(target, { ofOneNetwork: 30, ofManyNetworks: 0, seed: Seeded.from(1) }));
});

test('I3 R42 emptying Redis in the middle buys one message, and no guess', async () => {
  expectBounded(await wiping(target));
});
