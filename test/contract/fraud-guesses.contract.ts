import { describe, expect, test } from 'vitest';
import type { Breaker } from '../../src/fraud/domain/breaker.js';
import { breakersOfCheck } from '../../src/fraud/domain/breakers-of-check.js';
import { DEFAULT_DETECTORS } from '../../src/fraud/domain/detector-settings.js';
import { MINUTE, HOUR, id, FraudStage, send, type OpensFraudStores } from './fraud-stage.js';

/** Guesses across verifications (R26). */
export function guessesContract(where: string, open: OpensFraudStores): void {
  describe(`guesses ${where}`, () => {
    const stage = new FraudStage(open);

    const breakers = (network: string): Breaker[] => breakersOfCheck(DEFAULT_DETECTORS, { network, apiKey: 'key' });
    const guess = (network: string, right: boolean, verificationId = id('ver')) => ({
      ...{ applicationId: 'app', verificationId, right, breakers: breakers(network), longerForMs: HOUR },
    });
    const NETWORK = '198.51.100.0/24';
    const wait = (network = NETWORK) => stage.stores.guesses.waitMs('app', breakers(network)[0] as Breaker);

    test('R26 one wrong on each of twenty verifications shut their network out, no other', async () => {
      const counted = [];
      for (let n = 0; n < 20; n += 1) counted.push(...(await stage.stores.guesses.count(guess(NETWORK, false))));
      expect(counted).toMatchObject([{ name: `spray-network:${NETWORK}`, counted: 20, good: 0 }]);
      expect(await wait()).toBeGreaterThan(HOUR - MINUTE);
      expect(await wait('203.0.113.0/24')).toBe(0);
      stage.clock.advance(HOUR);
      expect(await wait()).toBe(0);
    });

    test('R26 many wrong on one verification are one failure', async () => {
      for (let n = 0; n < 40; n += 1) await stage.stores.guesses.count(guess(NETWORK, false, 'ver_same'));
      expect(await wait()).toBe(0);
    });

    test('R26 whoever mistypes and then gets it right has not failed', async () => {
      for (let n = 0; n < 60; n += 1) {
        const verificationId = id('ver');
        await stage.stores.guesses.count(guess(NETWORK, false, verificationId));
        await stage.stores.guesses.count(guess(NETWORK, true, verificationId));
        await stage.stores.guesses.count(guess(NETWORK, true, verificationId));
      }
      for (let n = 0; n < 19; n += 1) await stage.stores.guesses.count(guess(NETWORK, false));
      expect(await wait()).toBe(0);
    });

    test('R26 a key whose guesses mostly fail is told of, whichever networks they come from, and codes get longer', async () => {
      const trips = [];
      for (let n = 0; n < 100; n += 1)
        trips.push(...(await stage.stores.guesses.count(guess(`10.0.${String(n)}.0/24`, false))));
      expect(trips).toMatchObject([{ name: 'spray-key:key', counted: 100 }]);
      expect(breakers(NETWORK).find(({ name }) => name === 'spray-key:key')?.refuses).toBe(false);
      const { longerForMs } = await stage.stores.sends.judge({ ...send(), breakers: [], number: null });
      expect(longerForMs).toBeGreaterThan(HOUR - MINUTE);
    });
  });
}
