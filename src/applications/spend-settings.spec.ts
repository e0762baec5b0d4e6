import { describe, expect, test } from 'vitest';
import { effectiveSettings, settingsSchema } from './settings.js';

const accepts = (spend: unknown) => settingsSchema.safeParse({ spend }).success;

describe('R48 R79 a cap', () => {
  test.each([
    { mode: 'enforce', perDay: '50.00' },
    { mode: 'shadow', perDay: '0.000001' },
    { mode: 'off', perDay: '1000000' },
    { mode: 'enforce', perDay: '50', perHour: '50.000' },
  ])('may be %j', (spend) => {
    expect(accepts(spend)).toBe(true);
  });

  test.each([
    {},
    { mode: 'enforce' },
    { mode: 'on', perDay: '1' },
    { mode: 'enforce', perDay: 50 },
    { mode: 'enforce', perDay: '0' },
    { mode: 'enforce', perDay: '-1' },
    { mode: 'enforce', perDay: '1000000.000001' },
    { mode: 'enforce', perDay: '1e3' },
    { mode: 'enforce', perDay: '50,00' },
    { mode: 'enforce', perDay: '0.0000001' },
    { mode: 'enforce', perDay: '50', perHour: '50.01' },
    { mode: 'enforce', perDay: '50', perWeek: '100' },
    { perDay: '50' },
  ])('may not be %j', (spend) => {
    expect(accepts(spend)).toBe(false);
  });

  test('is the application’s own, or else the file’s as a whole, or none, which is said', () => {
    const own = { mode: 'shadow', perDay: '1' } as const;
    const file = { mode: 'enforce', perDay: '50', perHour: '10' } as const;

    expect(effectiveSettings('shop', { spend: own }, { spend: file }).spend).toEqual(own);
    expect(effectiveSettings('shop', {}, { spend: file }).spend).toEqual(file);
    expect(effectiveSettings('shop', {}, {}).spend).toBeNull();
  });
});
