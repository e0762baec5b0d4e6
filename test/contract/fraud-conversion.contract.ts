import { describe, expect, test } from 'vitest';
import {
  conversion,
  COUNTRY,
  FraudStage,
  HOUR,
  LIFE,
  namesOf,
  numbersApart,
  ONLY_WIDE,
  send,
  sendTo,
  SETTLED,
  trippedBy,
  type OpensFraudStores,
} from './fraud-stage.js';

/** When too few of those who are written to type their codes (R47). */
export function conversionContract(where: string, open: OpensFraudStores): void {
  describe(`conversion ${where}`, () => {
    const stage = new FraudStage(open);

    test('R47 twenty messages to a country of which nobody types a code trip it for an hour, and one of many at once tells', async () => {
      await stage.sent(20);
      stage.clock.advance(SETTLED);
      const findings = await Promise.all(Array.from({ length: 30 }, () => stage.stores.sends.judge(send())));

      expect(findings.map(namesOf).every((names) => names.includes(COUNTRY))).toBe(true);
      const trips = trippedBy(findings).filter(({ name }) => name === COUNTRY);
      expect(trips).toMatchObject([{ counted: 20, good: 0 }]);
      expect((trips[0]?.until ?? 0) - (trips[0]?.since ?? 0)).toBe(HOUR);
    });

    test('R47 a quarter of codes typed in keeps a country from tripping, one less does not', async () => {
      await stage.sent(20, 5);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);

      stage.clock.advance(3 * HOUR);
      await stage.sent(20, 4);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toContain(COUNTRY);
    });

    test('R47 people who are slow do not count as gone while their codes can be typed', async () => {
      const slow = Array.from({ length: 40 }, send);
      for (const one of slow) await stage.stores.sends.judge(one);
      stage.clock.advance(LIFE - 5_000);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
      for (const one of slow) await stage.stores.sends.approved(one);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
    });

    test('R47 less than twenty messages trip nothing', async () => {
      await stage.sent(19);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
    });

    test('R47 a country with a good day needs more evidence', async () => {
      await stage.sent(400, 400);
      stage.clock.advance(2 * HOUR);
      await stage.sent(39);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
      await stage.sent(1);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toContain(COUNTRY);
    });

    test('R47 what a narrow breaker refuses is not counted in the wide ones', async () => {
      const block = { ...conversion.block, sends: 10 };
      const settings = { ...ONLY_WIDE, conversion: { ...ONLY_WIDE.conversion, block } };
      let end = 0;
      const pumped = () => sendTo(`+4915112345${String(end++).padStart(3, '0')}`, {}, settings);
      await stage.sent(10, 0, pumped);
      stage.clock.advance(SETTLED);
      const refused = await stage.sent(50, 0, pumped);
      expect(refused.every((finding) => namesOf(finding).includes('conversion-block:+491511234'))).toBe(true);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
    });

    test('R47 what is refused in a country is not counted in the application', async () => {
      const country = { ...conversion.country, sends: 10 };
      const settings = { ...ONLY_WIDE, conversion: { ...ONLY_WIDE.conversion, country } };
      const inside = () => sendTo(numbersApart(), {}, settings);
      await stage.sent(10, 0, inside);
      stage.clock.advance(SETTLED);
      const refused = await stage.sent(50, 0, inside);
      expect(refused.every((finding) => namesOf(finding).includes(COUNTRY))).toBe(true);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(sendTo(numbersApart(), { country: 'FR' }, settings)))).toEqual([]);
    });

    test('R47 of one network or block few count in what is wide, so that a few places can not trip a country', async () => {
      const settings = { ...ONLY_WIDE, conversion: { ...conversion, block: ONLY_WIDE.conversion.block } };
      const from = (network: string) => sendTo(numbersApart(), { network }, settings);
      for (let n = 0; n < 6 * 15; n += 1) await stage.stores.sends.judge(from(`198.51.${String(n % 6)}.0/24`));
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(from('203.0.113.0/24')))).toEqual([]);
      for (let n = 0; n < 20; n += 1) await stage.stores.sends.judge(from(`203.0.${String(n)}.0/24`));
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(from('192.0.2.0/24')))).toContain(COUNTRY);
    });

    test('a breaker that only tells counts on and stops nobody, and one that is off is not there', async () => {
      const shadow = { ...conversion.country, mode: 'shadow' as const };
      const settings = { ...ONLY_WIDE, conversion: { ...ONLY_WIDE.conversion, country: shadow } };
      const make = () => sendTo(numbersApart(), {}, settings);
      await stage.sent(20, 0, make);
      stage.clock.advance(SETTLED);
      const [finding] = await stage.sent(1, 0, make);
      expect(finding?.open.map(({ name }) => name)).toContain(COUNTRY);
      expect(make().breakers.some(({ refuses }) => refuses)).toBe(false);
      expect(make().breakers.map(({ name }) => name)).toEqual([COUNTRY, 'conversion-application']);
    });
  });
}
