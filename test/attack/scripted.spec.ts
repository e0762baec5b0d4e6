/**
 * The attacks of `npm run attack`, small: what gets through, and whom it hurts. Each runs against two real processes that send
 * through one gateway.
 */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addresses } from '../../attack/attacks/addresses.js';
import { amplifying } from '../../attack/attacks/amplifying.js';
import { bombing } from '../../attack/attacks/bombing.js';
import { locking } from '../../attack/attacks/locking.js';
import { wiping } from '../../attack/attacks/wiping.js';
import { brokenBounds, type Outcome } from '../../attack/stage/outcome.js';
import { Target } from '../../attack/stage/target.js';
import { createWorld } from '../support/create-world.js';

let target: Target;

beforeAll(async () => {
  target = await Target.open({ world: await createWorld(), scratch: inject('scratchFolder') });
});
afterAll(async () => {
  await target.close();
  await target.world.close();
});

const expectBounded = (outcome: Outcome) => {
  expect(brokenBounds(outcome), JSON.stringify(outcome, null, 2)).toEqual([]);
};

test('R39 bombing one victim by way of many applications ends at the limit across all of them', async () => {
  expectBounded(await bombing(target));
});

test('I11 R20 R21 locking a victim out neither prolongs the lock nor spreads it', async () => {
  expectBounded(await locking(target, { guesses: 60 }));
});

test('R40 R41 neither a /64, nor spellings, nor X-Forwarded-For make a new person of somebody', async () => {
  expectBounded(await addresses(target));
});

test('R28 R35 resends and fallbacks make no more than five messages of one start', async () => {
  expectBounded(await amplifying(target));
});

test('I3 R42 emptying Redis in the middle buys one message, and no guess', async () => {
  expectBounded(await wiping(target));
});
