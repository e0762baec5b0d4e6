import { describe, expect, test } from 'vitest';
import type { WatchedSend } from '../../src/fraud/application/ports.js';
import { DEFAULT_DETECTORS } from '../../src/fraud/domain/detector-settings.js';
import {
  MINUTE,
  LIFE,
  SETTLED,
  HOUR,
  COUNTRY,
  id,
  sendTo,
  send,
  namesOf,
  FraudStage,
  type OpensFraudStores,
} from './fraud-stage.js';

/** What counts how often, and is given back. */
export function countedOnceContract(where: string, open: OpensFraudStores): void {
  describe(`what is counted ${where}`, () => {
    const stage = new FraudStage(open);

    test('a verification counts once, whichever of its deliveries come', async () => {
      const one = send();
      for (let n = 0; n < 30; n += 1) await stage.stores.sends.judge({ ...one, deliveryId: id('dlv') });
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
    });

    test('R47 a number counts once, however often somebody asks again, and an approval of any of them is its', async () => {
      const ofNumber = (n: number) => sendTo(`+4915${String(1_000 + n)}0000`, {}, DEFAULT_DETECTORS);
      const asked = Array.from({ length: 19 * 3 }, (_, n) => ofNumber(n % 19));
      for (const one of asked) await stage.stores.sends.judge(one);
      stage.clock.advance(LIFE + 4 * MINUTE);
      expect(namesOf(await stage.stores.sends.judge(ofNumber(20)))).toEqual([]);

      stage.clock.advance(3 * HOUR);
      const twice = Array.from({ length: 40 }, (_, n) => ofNumber(100 + (n % 20)));
      for (const one of twice) await stage.stores.sends.judge(one);
      for (const one of twice.slice(20, 25)) await stage.stores.sends.approved(one);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(ofNumber(200)))).toEqual([]);
    });

    test('R47 of two codes to one number that are both typed in, one approval counts', async () => {
      const ofNumber = (n: number) => sendTo(`+4915${String(1_000 + n)}0000`, {}, DEFAULT_DETECTORS);
      const asked = Array.from({ length: 40 }, (_, n) => ofNumber(n % 20));
      for (const one of asked) await stage.stores.sends.judge(one);
      for (const n of [0, 1, 2, 3]) {
        await stage.stores.sends.approved(asked[20 + n] as WatchedSend);
        await stage.stores.sends.approved(asked[n] as WatchedSend);
      }
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(ofNumber(200)))).toContain(COUNTRY);
    });

    test('what did not happen is given back, by the delivery that was counted only', async () => {
      const all = Array.from({ length: 20 }, send);
      for (const one of all) await stage.stores.sends.judge(one);
      for (const one of all) await stage.stores.sends.undo({ ...one, deliveryId: 'dlv_other' });
      await stage.stores.sends.undo(all[0] as WatchedSend);
      await stage.stores.sends.undo(all[0] as WatchedSend);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toEqual([]);
      await stage.sent(1);
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toContain(COUNTRY);
    });

    test('an approval counts once, and only for what was counted', async () => {
      const all = Array.from({ length: 20 }, send);
      for (const one of all) await stage.stores.sends.judge(one);
      for (let n = 0; n < 10; n += 1) await stage.stores.sends.approved(all[0] as WatchedSend);
      for (let n = 0; n < 10; n += 1) await stage.stores.sends.approved(send());
      stage.clock.advance(SETTLED);
      expect(namesOf(await stage.stores.sends.judge(send()))).toContain(COUNTRY);
    });
  });
}
