import { describe, expect, test } from 'vitest';
import { refuseUndoing, setBy } from './operator-sections.js';
import type { Settings } from './settings.js';

const cap = { mode: 'enforce', perDay: '50' } as const;
const saved: Settings = { spend: cap, countries: { sms: ['DE'] }, locale: 'de' };
const refusal = (
  to: Settings,
  defaults: Parameters<typeof refuseUndoing>[2] = {},
  sections: ('spend' | 'fraud')[] = [],
) => {
  try {
    refuseUndoing({ settings: saved, operatorSections: sections }, to, defaults);
    return null;
  } catch (error) {
    return error;
  }
};

describe("R54 R80 an application's own key", () => {
  test.each<Settings>([
    {},
    { ...saved, spend: { ...cap, mode: 'off' } },
    { ...saved, spend: { ...cap, perDay: '51' } },
  ])('does not make %j of what an operator saved', (to) => {
    expect(refusal(to, {}, ['spend'])).toMatchObject({ code: 'operators-setting', extras: { sections: ['spend'] } });
    expect(refusal(to)).toBeNull();
  });

  test('sets no sender, nor another; an operator does', () => {
    const senders = { sms: { default: 'Bank' } };
    expect(refusal({ ...saved, senders })).toMatchObject({
      code: 'operators-setting',
      extras: { sections: ['senders'] },
    });
    const before = { settings: { ...saved, senders }, operatorSections: [] };
    expect(() => {
      refuseUndoing(before, { ...saved, senders, locale: 'en' }, {});
    }).not.toThrow();
    expect(() => {
      refuseUndoing(before, saved, {});
    }).toThrow();
  });

  test('saves the rest, where the operator’s sections are as they were', () => {
    expect(refusal({ ...saved, countries: { sms: 'all' } }, {}, ['spend'])).toBeNull();
    expect(refusal({ ...saved, fraud: {} }, {}, ['fraud'])).toMatchObject({ extras: { sections: ['fraud'] } });
  });

  test('sets no cap that is less than the configuration file’s', () => {
    const file = { spend: { mode: 'enforce', perDay: '20' } as const };
    const to = (spend: Settings['spend']) => refusal({ ...saved, spend }, file);
    for (const less of [{ ...cap, mode: 'off' } as const, { ...cap, perDay: '20.01' }])
      expect(to(less)).toMatchObject({ code: 'operators-setting' });
    for (const fine of [undefined, { ...cap, perDay: '20' }, cap]) expect(to(fine)).toBeNull();
  });
});

test('who saved a section is told of those that are set', () => {
  const before = { settings: saved, operatorSections: ['spend' as const, 'fraud' as const] };
  expect(setBy(before)).toEqual({ spend: 'operator', countries: 'application' });
});
