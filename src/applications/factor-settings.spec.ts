import { expect, test } from 'vitest';
import type { FactorSettings } from './factor-settings.js';
import { effectiveSettings, settingsSchema } from './settings.js';

const effective = (name: string, own: FactorSettings | undefined, file?: FactorSettings) =>
  effectiveSettings(name, { ...(own && { factors: own }) }, { ...(file && { factors: file }) }).factors;

test.each([
  [{ window: 0 }, true],
  [{ window: 2, issuer: '東京 Bank' }, true],
  [{ window: 3 }, false],
  [{ window: -1 }, false],
  [{ window: 0.5 }, false],
  [{ issuer: 'Shop: payments' }, false],
  [{ issuer: ' Shop' }, false],
  [{ issuer: '' }, false],
  [{ issuer: 'a'.repeat(65) }, false],
  [{ issuer: 'Shop\u202E' }, false],
  [{ digits: 6 }, false],
])('R68 R79 settings of factors keep to their rails: %j is %s', (factors, accepted) => {
  expect(settingsSchema.safeParse({ factors }).success).toBe(accepted);
});

test('the application goes before the file, and each member by itself before what is built in', () => {
  expect(effective('Shop', { window: 0 }, { window: 2, issuer: 'Group' })).toEqual({ window: 0, issuer: 'Group' });
  expect(effective('Shop', undefined, { window: 2 })).toEqual({ window: 2, issuer: 'Shop' });
});

test.each([
  ['日本', '日本'],
  ['Shop: Berlin', 'Shop  Berlin'],
  [':', 'Einmal'],
])(
  'an application called %j is %j to authenticator apps, which read a colon as the end of the issuer',
  (name, issuer) => {
    expect(effective(name, undefined)).toEqual({ window: 1, issuer });
    expect(effectiveSettings(name, { senderName: 'Laden' }, {}).factors.issuer).toBe('Laden');
  },
);
