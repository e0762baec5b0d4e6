import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/postgres/database.js';
import { FactorBench } from '../support/factor-bench.js';

/** What the ledger must remember of backup codes, on a Postgres server and on the embedded one. */
export function backupCodesContract(opened: () => Database): void {
  describe('backup codes', () => {
    const administrator = { applicationId: 'app_1', keyId: 'key_1', by: 'administrator' } as const;
    const subjectOf = (subject: string) =>
      ({ applicationId: 'app_1', keyId: 'key_1', by: 'subject', subject }) as const;
    const take = (bench: FactorBench, subject: string, code: string | undefined, takenFor = 'ver_1') =>
      bench.backup.execute({ applicationId: 'app_1', subject, channel: 'backup-code', code: code ?? '', takenFor });

    it('R72 each of ten is taken in once, and the person is told, also that few are left', async () => {
      const bench = new FactorBench(opened());
      const { id, subject, codes } = await bench.backupCodes();
      expect(codes).toEqual(Array(10).fill(expect.stringMatching(/^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{5}$/)));
      for (const [n, code] of codes.slice(0, 8).entries())
        expect(await take(bench, subject, code, `ver_${String(n)}`)).toEqual({ kind: 'right', factorId: id });
      expect(await take(bench, subject, codes[0], 'ver_another')).toEqual({ kind: 'used' });
      expect(await take(bench, subject, codes[0], 'ver_0')).toEqual({ kind: 'right', factorId: id });
      const used = [9, 8, 7, 6, 5, 4].map((left, n) => ['factor.code-used', n + 2, left]);
      expect(await bench.events(id)).toEqual([
        ['factor.codes-created', 1, 10],
        ...used,
        ...[
          ['factor.code-used', 8, 3],
          ['factor.codes-low', 9, 3],
        ],
        ...[
          ['factor.code-used', 10, 2],
          ['factor.codes-low', 11, 2],
        ],
      ]);
    });

    it('R72 nothing else is one of them, nor another’s', async () => {
      const bench = new FactorBench(opened());
      const [one, other] = [await bench.backupCodes(), await bench.backupCodes()];
      for (const code of ['AAAA-AAAA-AAAAA', 'AAAA', '', other.codes[0]])
        expect(await take(bench, one.subject, code)).toEqual({ kind: 'wrong' });
      expect(await take(bench, 'nobody', one.codes[0])).toEqual({ kind: 'wrong' });
      const [code = ''] = one.codes;
      const guess = {
        applicationId: 'app_2',
        subject: one.subject,
        channel: 'backup-code',
        code,
        takenFor: 'v',
      } as const;
      expect(await bench.backup.execute(guess)).toEqual({ kind: 'wrong' });
      expect(await take(bench, one.subject, code.toLowerCase().replaceAll('-', ' '))).toMatchObject({ kind: 'right' });
    });

    it('R72 new ones void those there were, used or not, in the same list', async () => {
      const bench = new FactorBench(opened());
      const former = await bench.backupCodes();
      await take(bench, former.subject, former.codes[0]);
      const renewed = await bench.make.execute(subjectOf(former.subject), true);
      expect(renewed?.factor).toMatchObject({ id: former.id, codesLeft: 10, channel: 'backup-code', status: 'active' });
      for (const code of former.codes) expect(await take(bench, former.subject, code)).toEqual({ kind: 'wrong' });
      expect(await take(bench, former.subject, renewed?.codes[0])).toMatchObject({ kind: 'right' });
    });

    it('R73 none are made without a proof for whoever has a factor', async () => {
      const bench = new FactorBench(opened());
      const { subject } = await bench.enrolled();
      expect(await bench.make.execute(subjectOf(subject), false)).toBeNull();
      const pending = await bench.enrolled({ status: 'pending' });
      const first = await bench.make.execute(subjectOf(pending.subject), false);
      expect(await bench.make.execute(subjectOf(pending.subject), false)).toBeNull();
      expect(await take(bench, pending.subject, first?.codes[0])).toMatchObject({ kind: 'right' });
    });

    it('an activation makes them only for whoever has none left', async () => {
      const bench = new FactorBench(opened());
      const { subject } = await bench.enrolled();
      // As when the authenticator that was just proven is removed meanwhile.
      expect(await bench.make.whereNone({ ...subjectOf(subject), provenBy: 'fac_gone' })).toBeNull();
      const made = await bench.make.whereNone(subjectOf(subject));
      expect(made?.codes).toHaveLength(10);
      expect(await bench.make.whereNone(subjectOf(subject))).toBeNull();
      for (const [n, code] of (made?.codes ?? []).entries()) await take(bench, subject, code, `ver_${String(n)}`);
      expect((await bench.make.whereNone(subjectOf(subject)))?.codes).toHaveLength(10);
    });

    it('that an administrator made them is audited, without a code', async () => {
      const bench = new FactorBench(opened());
      const made = await bench.make.execute({ ...administrator, subject: 'sub_audited' }, true);
      const sql = `SELECT actor, action, details FROM audit_log WHERE target = $1`;
      expect(await opened().query(sql, [made?.factor.id])).toEqual([
        {
          ...{ actor: 'key_1', action: 'factor.codes-created' },
          details: { applicationId: 'app_1', channel: 'backup-code' },
        },
      ]);
    });
  });
}
