import { describe, expect, it } from 'vitest';
import { DEFAULT_DETECTORS } from '../fraud/domain/detector-settings.js';
import { effectiveDetectors, fraudSettingsSchema } from './fraud-settings.js';

const accepts = (settings: unknown) => fraudSettingsSchema.safeParse(settings).success;

describe('settings of detectors', () => {
  it.each([
    { conversion: { country: { mode: 'on' } } },
    { conversion: { country: { sends: 9 } } },
    { conversion: { country: { approvedPercent: 0 } } },
    { conversion: { country: { windowSeconds: 599 } } },
    { conversion: { country: { blockSeconds: 0 } } },
    { conversion: { continent: { mode: 'off' } } },
    { pumping: { sequence: { neighbours: 1 } } },
    { pumping: { block: { numbers: 4 } } },
    { spray: { key: { mode: 'enforce' } } },
    { longerCodes: { mode: 'enforce', length: 6 } },
    { longerCodes: { mode: 'shadow' } },
  ])('R79 refuse %j', (settings) => {
    expect(accepts(settings)).toBe(false);
  });

  it('R26 R46 R47 change what they name and leave the rest as it is built in', () => {
    const own = { conversion: { country: { mode: 'shadow' as const } }, longerCodes: { mode: 'enforce' as const } };
    expect(accepts(own)).toBe(true);
    expect(effectiveDetectors(own)).toEqual({
      ...DEFAULT_DETECTORS,
      conversion: {
        ...DEFAULT_DETECTORS.conversion,
        country: { ...DEFAULT_DETECTORS.conversion.country, mode: 'shadow' },
      },
      longerCodes: { mode: 'enforce', length: 8 },
    });
  });

  it('R47 close no whole application unless somebody says so', () => {
    const { conversion, spray } = effectiveDetectors();
    expect([conversion.application.mode, spray.key.mode]).toEqual(['shadow', 'shadow']);
  });
});
