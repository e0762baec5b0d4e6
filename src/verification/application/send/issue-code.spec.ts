import { expect, test } from 'vitest';
import type { Random } from '../../../shared/random.js';
import type { Verifications } from '../hot-state.js';
import type { VerificationRecord } from '../ledger.js';
import type { CodeHasher } from '../ports.js';
import { IssueCode } from './issue-code.js';
import type { RestoreState } from './restore-state.js';

/** A store that keeps of a slot what the real ones do (hot-store.contract.ts), and a hasher whose turns are ours. */
function two() {
  const codes = ['111111', '222222'];
  const turns: (() => void)[] = [];
  const slot = { digest: '', askedAt: 0 };
  let now = 1_000;
  const state = {
    status: 'pending',
    attemptsLeft: 5,
    expiresAt: 300_000,
    codeLength: 6,
    contextDigest: '',
    hashing: {},
  };
  const verifications = {
    peek: () => Promise.resolve({ state: { ...state, now: (now += 1_000) } }),
    putCode: (_id: string, _delivery: string, { digest }: { digest: string }, askedAt = 0) => {
      if (slot.askedAt > askedAt) return Promise.resolve('superseded');
      Object.assign(slot, { digest, askedAt });
      return Promise.resolve('stored');
    },
  };
  const digest = (code: string) =>
    new Promise<string>((resolve) => {
      turns.push(() => {
        resolve(code);
      });
    });
  const hasher = { enterAlways: () => ({ run: (act: () => unknown) => act() }), digest };
  const random = { digits: () => codes.shift() };
  const issueCode = new IssueCode(
    verifications as unknown as Verifications,
    hasher as unknown as CodeHasher,
    random as unknown as Random,
    {} as RestoreState,
  );
  const ask = () => issueCode.issue({ id: 'ver_1' } as VerificationRecord, 'dlv_1', 'voice', 'repeatedly');
  return { ask, turns, slot };
}

test('R37 of two questions on two nodes, the earlier one is told no code when it is answered last', async () => {
  const { ask, turns, slot } = two();
  const answers = [ask(), ask()];
  await new Promise(setImmediate);
  turns[1]?.();
  expect(await answers[1]).toMatchObject({ kind: 'issued', code: '222222' });
  turns[0]?.();
  await expect(answers[0]).rejects.toMatchObject({ kind: 'unavailable' });
  expect(slot.digest).toBe('222222');
});
