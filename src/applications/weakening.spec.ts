import { describe, expect, test } from 'vitest';
import { effectiveDetectors, type FraudSettings } from './fraud-settings.js';
import type { SpendSettings } from './spend-settings.js';
import { effectiveSettings } from './settings.js';
import { detectorsWeaken, settingsWeaken, spendWeakens } from './weakening.js';

const cap = (perDay: string, change: Partial<SpendSettings> = {}): SpendSettings => ({
  ...{ mode: 'enforce', perDay },
  ...change,
});

describe('R80 a cap weakens', () => {
  test.each<[SpendSettings | null, SpendSettings | null, boolean]>([
    [cap('50'), null, true],
    [cap('50'), cap('50', { mode: 'off' }), true],
    [cap('50'), cap('50', { mode: 'shadow' }), true],
    [cap('50'), cap('50.01'), true],
    [cap('50', { perHour: '5' }), cap('50'), true],
    [cap('50', { perHour: '5' }), cap('40', { perHour: '6' }), true],
    [cap('50'), cap('50.00'), false],
    [cap('50'), cap('9', { perHour: '1' }), false],
    [null, cap('50', { mode: 'off' }), false],
    [cap('1', { mode: 'off' }), cap('50'), false],
  ])('from %j to %j: %s', (before, after, weakens) => {
    expect(spendWeakens(before, after)).toBe(weakens);
  });
});

describe('R80 detectors weaken', () => {
  test.each<[FraudSettings, boolean]>([
    [{ conversion: { country: { mode: 'shadow' } } }, true],
    [{ conversion: { country: { sends: 21 } } }, true],
    [{ conversion: { country: { approvedPercent: 24 } } }, true],
    [{ conversion: { country: { windowSeconds: 7_200 } } }, true],
    [{ pumping: { sequence: { neighbours: 5 } } }, true],
    [{ pumping: { block: { numbers: 9 } } }, true],
    [{ spray: { network: { failedPercent: 81 } } }, true],
    [{ spray: { network: { blockSeconds: 60 } } }, true],
    [{ spray: { key: { mode: 'off' } } }, true],
    [{}, false],
    [{ conversion: { application: { mode: 'enforce' }, country: { sends: 10, approvedPercent: 30 } } }, false],
    [{ longerCodes: { length: 7 } }, false],
  ])('by %j: %s', (settings, weakens) => {
    expect(detectorsWeaken(effectiveDetectors(), effectiveDetectors(settings))).toBe(weakens);
  });
});

test.each([
  [true, false, true],
  [false, true, false],
  [true, true, false],
])('R37 R80 a key that calls ask for, from %s to %s, weakens: %s', (before, after, weakens) => {
  const asks = (keyPress: boolean) => effectiveSettings('Shop', { voice: { keyPress } }, {});
  expect(settingsWeaken(asks(before), asks(after))).toBe(weakens);
});

test.each([
  [0, 1, true],
  [1, 2, true],
  [1, 0, false],
  [2, 2, false],
])('R68 R80 a window of codes from %i to %i steps weakens: %s', (before, after, weakens) => {
  const within = (window: number) => effectiveSettings('Shop', { factors: { window } }, {});
  expect(settingsWeaken(within(before), within(after))).toBe(weakens);
});
