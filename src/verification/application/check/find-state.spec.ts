import { expect, test } from 'vitest';
import type { JudgeCheck } from '../../../fraud/application/judge-check.js';
import type { Limiter } from '../../../limits/application/limiter.js';
import type { ScreenSend } from '../../../screening/application/screen-send.js';
import type { Random } from '../../../shared/random.js';
import type { HotState, Verifications } from '../hot-state.js';
import { CountedAs } from '../counted-as.js';
import type { RecipientVault } from '../ports.js';
import type { TellDecision } from '../send/tell-decision.js';
import { CheckAllowance } from './check-allowance.js';
import { FindState } from './find-state.js';
import type { MissingState } from './missing-state.js';

/** Where nothing counts but who asked. */
function finding(peek: Verifications['peek']) {
  const counted = new Set<string>();
  const limiter = {
    take: (on: string, reservation: string) => {
      counted.add(`${on} ${reservation}`);
      return Promise.resolve({ kind: 'allowed', fullForMs: {}, shadowed: [], levels: {} });
    },
    refund: (on: string, reservation: string) => Promise.resolve(counted.delete(`${on} ${reservation}`)),
  } as unknown as Limiter;
  const verifications = { peek } as unknown as Verifications;
  const random = { id: () => 'gss_1' } as unknown as Random;
  const countedAs = new CountedAs({} as RecipientVault);
  const judgeCheck = { judge: () => Promise.resolve({ kind: 'allowed' }) } as unknown as JudgeCheck;
  const screenSend = { blocksAddress: () => false } as unknown as ScreenSend;
  const allowance = new CheckAllowance(screenSend, limiter, judgeCheck, countedAs, {} as TellDecision);
  const findState = new FindState(verifications, allowance, {} as MissingState, random);
  const request = { applicationId: 'app_1', id: 'ver', code: '123456', requester: { ip: '192.0.2.7' } };
  return { found: findState.find(request), counted };
}

test('R51 a check whose state can not be read does not count for its address', async () => {
  const { found, counted } = finding(() => Promise.reject(new Error('away')));
  await expect(found).rejects.toThrow('away');
  expect([...counted]).toEqual([]);
});

test.each([
  [5_000, 5],
  [4_001, 5],
  [1, 1],
])('R25 a check whose first request is taken for alive for %i ms is told to come back in %i s', async (ms, seconds) => {
  const now = 1_795_360_072_000;
  const state = { applicationId: 'app_1', status: 'pending', now, expiresAt: now + 60_000 } as HotState;
  const { found } = finding(() => Promise.resolve({ state, answer: `in-flight|${String(now + ms)}` }));
  await expect(found).rejects.toMatchObject({
    code: 'idempotency-in-flight',
    extras: { retryAfterSeconds: seconds },
  });
});
