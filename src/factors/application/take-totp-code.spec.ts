import { expect, it } from 'vitest';
import type { TotpParameters } from '../domain/factor.js';
import type { FactorCodes, FactorSecrets } from './ports.js';
import { TakeTotpCode } from './take-totp-code.js';

const totp: TotpParameters = { algorithm: 'SHA1', digits: 6, period: 30 };

it('R69 a guess that ends in an error, and is given back, was compared with none of the authenticators', async () => {
  const compared: string[] = [];
  const factors = ['fac_1', 'fac_2'].map((id) => ({ id, secret: id, totp }));
  const takeTotpCode = new TakeTotpCode(
    { checkable: () => Promise.resolve({ now: 0, factors }) } as unknown as FactorCodes,
    {
      open: ({ id }: { id: string }) => {
        if (id === 'fac_2') throw new Error('its key is not here');
        return Buffer.from(id);
      },
    } as unknown as FactorSecrets,
    { matchedStep: (code: string) => compared.push(code) },
    { of: () => Promise.resolve({ window: 1, issuer: 'Shop' }) },
  );

  const guess = {
    applicationId: 'app_1',
    subject: 'user-1',
    channel: 'totp',
    code: '123456',
    takenFor: 'ver_1',
  } as const;
  await expect(takeTotpCode.execute(guess)).rejects.toThrow('its key is not here');
  expect(compared).toEqual([]);
});
