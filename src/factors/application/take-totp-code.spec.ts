import { expect, test } from 'vitest';
import type { TotpParameters } from '../domain/factor.js';
import type { FactorSecrets } from './ports.js';
import { TakeTotpCode } from './take-totp-code.js';

const totp: TotpParameters = { algorithm: 'SHA1', digits: 6, period: 30 };
const altered = 'it was altered';

/** Guesses at three authenticators. @returns what came of it, and which of them it was compared with */
async function guess(unreadable: string[], { matches = '', factorId }: { matches?: string; factorId?: string } = {}) {
  const compared: string[] = [];
  const authenticators = ['fac_1', 'fac_2', 'fac_3'].map((id) => ({ id, secret: id, totp }));
  const open = ({ id }: { id: string }) => {
    if (unreadable.includes(id)) throw new Error(altered);
    return Buffer.from(id);
  };
  const takeTotpCode = new TakeTotpCode(
    {
      activeOf: () => Promise.resolve({ now: 0, authenticators }),
      take: () => Promise.resolve(true),
    },
    {
      open,
      tryOpen: (factor: { id: string }) => (unreadable.includes(factor.id) ? null : open(factor)),
    } as unknown as FactorSecrets,
    {
      matchedStep: (_, secret) => {
        compared.push(String(secret));
        return String(secret) === matches ? 1 : null;
      },
    },
    { of: () => Promise.resolve({ window: 1, issuer: 'Shop' }) },
  );
  const typed = {
    applicationId: 'app_1',
    subject: 'user-1',
    channel: 'totp',
    code: '123456',
    takenFor: 'ver_1',
  } as const;
  const taken = await takeTotpCode.execute({ ...typed, factorId }).catch((error: unknown) => error);
  return { taken, compared };
}

test('R69 a guess that ends in an error, and is given back, was compared with none of the authenticators', async () => {
  const none = { taken: new Error(altered), compared: [] };
  expect(await guess(['fac_1', 'fac_2', 'fac_3'])).toEqual(none);
  expect(await guess(['fac_2'], { factorId: 'fac_2' })).toEqual(none);
});

test('R21 an authenticator that can not be opened keeps nobody from the others', async () => {
  expect(await guess(['fac_1'], { matches: 'fac_3' })).toEqual({
    taken: { kind: 'right', factorId: 'fac_3' },
    compared: ['fac_2', 'fac_3'],
  });
  expect(await guess(['fac_3'])).toEqual({ taken: { kind: 'wrong' }, compared: ['fac_1', 'fac_2'] });
});
