import { describe, expect, test } from 'vitest';
import { GOOD_PROBES, PROBES } from '../../src/fraud/domain/breaker.js';
import {
  MINUTE,
  LIFE,
  SETTLED,
  HOUR,
  COUNTRY,
  send,
  namesOf,
  trippedBy,
  FraudStage,
  type OpensFraudStores,
} from './fraud-stage.js';

/** What becomes of a breaker that tripped. */
export function tripsContract(where: string, open: OpensFraudStores): void {
  describe(`trips ${where}`, () => {
    const stage = new FraudStage(open);

    test('R47 after its time a breaker lets a few through, and clears when they are approved', async () => {
      await stage.tripped();
      stage.clock.advance(HOUR);
      const probes = Array.from({ length: PROBES }, send);
      for (const probe of probes) expect(namesOf(await stage.stores.sends.judge(probe))).toEqual([]);
      expect(namesOf(await stage.stores.sends.judge(send()))).toContain(COUNTRY);

      const cleared = [];
      for (const probe of probes.slice(0, GOOD_PROBES)) cleared.push(...(await stage.stores.sends.approved(probe)));
      expect(cleared).toEqual([COUNTRY, 'conversion-application']);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
      expect((await stage.stores.trips.of('app')).trips).toEqual([]);
    });

    test('R47 and trips again when they are not', async () => {
      await stage.tripped();
      stage.clock.advance(HOUR);
      await stage.sent(PROBES);
      stage.clock.advance(LIFE + 1_000);
      const again = await Promise.all([stage.stores.sends.judge(send()), stage.stores.sends.judge(send())]);
      expect(again.map(namesOf).every((names) => names.includes(COUNTRY))).toBe(true);
      expect(trippedBy(again).filter(({ name }) => name === COUNTRY)).toMatchObject([{ counted: PROBES, good: 0 }]);
    });

    test('approvals of what was sent before the trip clear nothing', async () => {
      const early = Array.from({ length: PROBES }, send);
      for (const one of early) await stage.stores.sends.judge(one);
      await stage.tripped();
      stage.clock.advance(HOUR);
      for (const one of early) expect(await stage.stores.sends.approved(one)).toEqual([]);
    });

    test('is listed with its figures until it clears, for its own application', async () => {
      await stage.tripped();
      const { trips, now } = await stage.stores.trips.of('app');
      expect(trips.map(({ name }) => name).sort()).toEqual(['conversion-application', COUNTRY]);
      expect(trips[0]).toMatchObject({ counted: 20, good: 0 });
      expect(Math.abs(now - stage.clock.now())).toBeLessThan(MINUTE);
      expect((await stage.stores.trips.of('app_other')).trips).toEqual([]);
      stage.clock.advance(26 * HOUR);
      expect((await stage.stores.trips.of('app')).trips).toEqual([]);
    });

    test('can be cleared, and what was counted before counts no more', async () => {
      await stage.tripped();
      expect(await stage.stores.trips.clear('app', COUNTRY)).toBe(true);
      expect(await stage.stores.trips.clear('app', COUNTRY)).toBe(false);
      expect(namesOf(await stage.stores.sends.judge(send()))).not.toContain(COUNTRY);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).not.toContain(COUNTRY);
      await stage.sent(20);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toContain(COUNTRY);
    });
  });
}
