import { describe, expect, test } from 'vitest';
import { DEFAULT_DETECTORS } from '../../src/fraud/domain/detector-settings.js';
import {
  LIFE,
  SETTLED,
  COUNTRY,
  sendTo,
  namesOf,
  trippedBy,
  conversion,
  FraudStage,
  type OpensFraudStores,
} from './fraud-stage.js';

/** Numbers of one block (R46). */
export function numbersContract(where: string, open: OpensFraudStores): void {
  describe(`numbers of one block ${where}`, () => {
    const stage = new FraudStage(open);

    const watched = (number: string) => sendTo(number, {}, DEFAULT_DETECTORS);
    const BLOCK = '+491511234';
    const at = (end: number) => watched(`${BLOCK}${String(end).padStart(4, '0')}`);

    test('R46 written to in a row trip it at the fifth', async () => {
      const findings = [];
      for (let end = 0; end < 6; end += 1) findings.push(await stage.stores.sends.judge(at(end)));
      expect(findings.map(namesOf)).toEqual([
        ...[[], [], [], []],
        ...[[`pumping-sequence:${BLOCK}`], [`pumping-sequence:${BLOCK}`]],
      ]);
      expect(trippedBy(findings)).toMatchObject([{ name: `pumping-sequence:${BLOCK}`, counted: 5 }]);
    });

    test('R46 in a row are fine where people type their codes', async () => {
      for (let end = 0; end < 20; end += 1) {
        const one = at(end);
        expect(namesOf(await stage.stores.sends.judge(one))).toEqual([]);
        await stage.stores.sends.approved(one);
      }
    });

    test('R46 scattered trip it when eight codes are over and nobody typed one', async () => {
      for (let n = 0; n < 8; n += 1) await stage.stores.sends.judge(at(n * 997));
      expect(namesOf(await stage.stores.sends.judge(at(8 * 997)))).toEqual([]);
      stage.clock.advance(LIFE + 1_000);
      expect(namesOf(await stage.stores.sends.judge(at(9 * 997)))).toEqual([`pumping-block:${BLOCK}`]);
    });

    test('R46 scattered and many at once trip it before that', async () => {
      const findings = [];
      for (let n = 0; n < 30; n += 1) findings.push(namesOf(await stage.stores.sends.judge(at(n * 97))));
      expect(findings.filter((names) => names.length === 0)).toHaveLength(15);
    });

    test('R46 are left alone where one of them was approved', async () => {
      const one = at(5_000);
      await stage.stores.sends.judge(one);
      await stage.stores.sends.approved(one);
      for (let n = 0; n < 12; n += 1) await stage.stores.sends.judge(at(n * 97));
      stage.clock.advance(LIFE + 1_000);
      expect(namesOf(await stage.stores.sends.judge(at(9_999)))).toEqual([]);
    });

    test('R47 whose block tripped are credited with what they type in after it', async () => {
      const block = { ...conversion.block, mode: 'off' as const };
      const settings = { ...DEFAULT_DETECTORS, conversion: { ...conversion, block } };
      const people = Array.from({ length: 20 }, (_, n) => sendTo(`+4915${String(1_000 + n)}0000`, {}, settings));
      for (const one of people) await stage.stores.sends.judge(one);
      for (const one of people.slice(0, 5))
        for (let end = 1; end < 5; end += 1)
          await stage.stores.sends.judge(sendTo(`${one.number?.block ?? ''}000${String(end)}`, {}, settings));
      for (const one of people.slice(0, 5)) await stage.stores.sends.approved(one);
      stage.clock.advance(SETTLED);
      const { tripped: found } = await stage.stores.sends.judge(sendTo('+4915199990000', {}, settings));
      expect(found.find(({ name }) => name === COUNTRY)).toMatchObject({ good: 5 });
    });

    test('are remembered when the breaker of their block is cleared', async () => {
      const block = { ...conversion.block, sends: 3 };
      const settings = { ...DEFAULT_DETECTORS, conversion: { ...conversion, block } };
      const next = (end: number) => stage.stores.sends.judge(sendTo(`${BLOCK}000${String(end)}`, {}, settings));
      for (const end of [1, 2, 3]) await next(end);
      stage.clock.advance(SETTLED);
      const refused = sendTo(`${BLOCK}0004`, {}, settings);
      expect(namesOf(await stage.stores.sends.judge(refused))).toEqual([`conversion-block:${BLOCK}`]);
      await stage.stores.sends.undo(refused);
      expect(await stage.stores.trips.clear('app', `conversion-block:${BLOCK}`)).toBe(true);
      expect(namesOf(await next(4))).toEqual([]);
      expect(namesOf(await next(5))).toEqual([`pumping-sequence:${BLOCK}`]);
    });

    test('what did not happen is no trace of anybody', async () => {
      for (let end = 0; end < 5; end += 1) {
        const one = at(end);
        await stage.stores.sends.judge(one);
        await stage.stores.sends.undo({ ...one, deliveryId: 'dlv_other' });
        if (end < 4) await stage.stores.sends.undo(one);
      }
      expect(namesOf(await stage.stores.sends.judge(at(6)))).toEqual([]);
    });
  });
}
