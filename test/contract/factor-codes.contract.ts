import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { FactorBench } from '../support/factor-bench.js';
import { ShiftedClock } from '../support/shifted-clock.js';

/** What the ledger must remember of codes that were taken in, on a Postgres server and on the embedded one. */
export function factorCodesContract(opened: () => Database): void {
  describe('steps of authenticators', () => {
    it('R66 R67 a step is taken in once, and none before it any more', async () => {
      const bench = new FactorBench(opened());
      const { id } = await bench.enrolled();
      const take = (step: number, takenFor: string) => bench.steps.take(id, step, takenFor);
      expect(await take(7, 'ver_1')).toBe(true);
      expect(await take(7, 'ver_2')).toBe(false);
      expect(await take(6, 'ver_2')).toBe(false);
      expect(await take(6, 'ver_1')).toBe(false);
      // Whoever lost the answer asks again for the same verification.
      expect(await take(7, 'ver_1')).toBe(true);
      expect(await take(8, 'ver_2')).toBe(true);
      expect(await take(7, 'ver_1')).toBe(false);
    });

    it('R71 an enrolment that is not finished, and a list of backup codes, have no steps', async () => {
      const bench = new FactorBench(opened());
      const pending = await bench.enrolled({ status: 'pending' });
      expect(await bench.steps.take(pending.id, 7, 'ver_1')).toBe(false);
      expect(await bench.steps.take((await bench.backupCodes()).id, 7, 'ver_1')).toBe(false);
      expect((await bench.steps.activeOf('app_1', pending.subject)).authenticators).toEqual([]);
    });

    it('R78 finds the factors of one subject, one application and one channel, oldest first', async () => {
      const bench = new FactorBench(opened());
      const first = await bench.enrolled();
      const { subject } = first;
      const second = await bench.enrolled({ subject });
      const list = await bench.backupCodes(subject);
      const found = async (applicationId: string) =>
        (await bench.steps.activeOf(applicationId, subject)).authenticators.map(({ id, totp }) => [id, totp]);
      const totp = { algorithm: 'SHA1', digits: 6, period: 30 };
      expect(await found('app_1')).toEqual([first, second].map(({ id }) => [id, totp]));
      expect(await found('app_2')).toEqual([]);
      expect(await bench.codes.listOf('app_1', subject)).toMatchObject({ id: list.id });
      expect(await bench.codes.listOf('app_2', subject)).toBeNull();
    });

    it('R68 tells its own time, shifted where a test shifts the clock', async () => {
      const clock = new ShiftedClock();
      const bench = new FactorBench(opened(), clock);
      const now = await bench.now();
      expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
      clock.advance(3_600_000);
      expect(Math.abs((await bench.now()) - now - 3_600_000)).toBeLessThan(60_000);
    });
  });
}
