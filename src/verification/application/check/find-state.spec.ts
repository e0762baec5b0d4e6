import { expect, test } from 'vitest';
import type { Limiter } from '../../../limits/application/limiter.js';
import type { Random } from '../../../shared/random.js';
import type { Verifications } from '../hot-state.js';
import { CountedAs } from '../counted-as.js';
import type { RecipientVault } from '../ports.js';
import { FindState } from './find-state.js';
import type { MissingState } from './missing-state.js';

test('R51 a check whose state can not be read does not count for its address', async () => {
  const counted = new Set<string>();
  const verifications = { peek: () => Promise.reject(new Error('away')) } as unknown as Verifications;
  const limiter = {
    take: (on: string, reservation: string) => {
      counted.add(`${on} ${reservation}`);
      return Promise.resolve({ kind: 'allowed', fullForMs: {}, shadowed: [], levels: {} });
    },
    refund: (on: string, reservation: string) => Promise.resolve(counted.delete(`${on} ${reservation}`)),
  } as unknown as Limiter;
  const random = { id: () => 'gss_1' } as unknown as Random;
  const countedAs = new CountedAs({} as RecipientVault);
  const findState = new FindState(verifications, limiter, {} as MissingState, countedAs, random);
  const request = { applicationId: 'app_1', id: 'ver', code: '123456', requester: { ip: '192.0.2.7' } };

  await expect(findState.find(request)).rejects.toThrow('away');
  expect([...counted]).toEqual([]);
});
