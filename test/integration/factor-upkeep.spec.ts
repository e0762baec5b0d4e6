import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { AuditLog } from '../../src/audit/audit-log.js';
import { FactorsHousekeeper } from '../../src/factors/adapters/factors-housekeeper.js';
import { PostgresDoubtfulCodes } from '../../src/factors/adapters/postgres-doubtful-codes.js';
import { PostgresEnrolments } from '../../src/factors/adapters/postgres-enrolments.js';
import { PostgresFactorChanges } from '../../src/factors/adapters/postgres-factor-changes.js';
import { PostgresSealedFactors } from '../../src/factors/adapters/postgres-sealed-factors.js';
import { ResealFactors } from '../../src/factors/application/reseal-factors.js';
import { RestoredFactors } from '../../src/factors/application/restored-factors.js';
import type { Secret } from '../../src/platform/keyring/secrets.js';
import { Log } from '../../src/platform/log/log.js';
import type { Round, Rounds } from '../../src/platform/rounds.js';
import type { TakenCode } from '../../src/factors/application/taken-code.js';
import { FactorBench, type Enrolled } from '../support/factor-bench.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { ShiftedClock } from '../support/shifted-clock.js';

const [OLD, FRESH] = ['old', 'fresh'].map((kid) => ({ kid, key: randomBytes(32) })) as [Secret, Secret];

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const processWith = (...secrets: [Secret, ...Secret[]]) =>
  new FactorBench(opened.database, new ShiftedClock(), secrets);

const resealWith = (...secrets: [Secret, ...Secret[]]) =>
  new ResealFactors(new PostgresSealedFactors(opened.database), processWith(...secrets).secrets);

/** What the housekeeping of a process does every few seconds. */
function resealRound(resealing: ResealFactors, log: Log): Round {
  const begun: Round[] = [];
  const rounds = { begin: (round: Round) => begun.push(round) } as unknown as Rounds;
  const enrolments = new PostgresEnrolments(opened.database, new AuditLog(opened.database), new ShiftedClock());
  const changes = new PostgresFactorChanges(opened.database, new AuditLog(opened.database));
  new FactorsHousekeeper(enrolments, changes, resealing, rounds, log).onApplicationBootstrap();
  const round = begun.find(({ name, of }) => name === 'reseal' && of === 'factors');
  if (!round) throw new Error('nothing is sealed anew');
  return round;
}

const BY = { applicationId: 'app_1', keyId: 'key_1', by: 'subject' } as const;

let asked = 0;
const guess = (subject: string, code: string | undefined) => {
  asked += 1;
  return { applicationId: 'app_1', subject, code: code ?? '', takenFor: `ver_${String(asked)}` };
};
const byApp = (bench: FactorBench, { subject }: Enrolled, code: string): Promise<TakenCode> =>
  bench.totp.execute({ ...guess(subject, code), channel: 'totp' });
const byList = (bench: FactorBench, subject: string, code: string | undefined): Promise<TakenCode> =>
  bench.backup.execute({ ...guess(subject, code), channel: 'backup-code' });

it('I17 R6 R70 authenticators and backup codes are good before, during and after a rotation of the key they rest under', async () => {
  const before = processWith(OLD);
  const authenticator = await before.enrolled();
  const { subject, codes } = await before.backupCodes();
  const during = processWith(FRESH, OLD);
  const after = processWith(FRESH);
  expect(await byApp(during, authenticator, await before.shown(authenticator))).toMatchObject({ kind: 'right' });
  expect(await byList(during, subject, codes[0])).toMatchObject({ kind: 'right' });
  await expect(byApp(after, authenticator, '000000')).rejects.toMatchObject({ code: 'unavailable' });
  await expect(byList(after, subject, codes[1])).rejects.toMatchObject({ code: 'unavailable' });

  const nothing = { count: 0, unreadable: [] };
  expect(await resealWith(OLD).reseal()).toEqual(nothing);
  const resealing = resealWith(FRESH, OLD);
  expect(await resealing.reseal()).toEqual({ count: 2, unreadable: [] });
  expect(await resealing.reseal()).toEqual(nothing);
  expect(await byApp(after, authenticator, await after.shown(authenticator, 1))).toMatchObject({ kind: 'right' });
  expect(await byList(after, subject, codes[0])).toEqual({ kind: 'used' });
  for (const code of codes.slice(1)) expect(await byList(after, subject, code)).toMatchObject({ kind: 'right' });
});

it('I17 R72 backup codes that are made while the list is sealed anew stay good', async () => {
  const during = processWith(FRESH, OLD);
  const { subject } = await processWith(OLD).backupCodes();
  let codes: string[] | undefined;
  const { database } = opened;
  const query = database.query.bind(database);
  vi.spyOn(database, 'query').mockImplementationOnce(async (...of) => {
    const read = await query(...of);
    codes = (await during.make.execute({ ...BY, subject }, true))?.codes;
    return read;
  });
  expect(await resealWith(FRESH, OLD).reseal()).toEqual({ count: 0, unreadable: [] });
  for (const code of codes ?? []) expect(await byList(during, subject, code)).toMatchObject({ kind: 'right' });
  expect(codes).toHaveLength(10);
});

it('R70 a secret is for one factor of one application, and opens for no other', () => {
  const { secrets } = processWith(OLD);
  const factor = { applicationId: 'app_1', id: 'fac_1' };
  const secret = randomBytes(20);
  const sealed = secrets.seal(factor, secret);
  expect(secrets.open(factor, sealed)).toEqual(secret);
  for (const other of [{ applicationId: 'app_2' }, { id: 'fac_2' }])
    expect(() => secrets.open({ ...factor, ...other }, sealed)).toThrow();
});

it('R70 one secret that nobody can open keeps no other under a key that is about to go, nor do very many', async () => {
  const bench = processWith(OLD);
  await opened.database.query(
    `INSERT INTO factors (id, application_id, subject, channel, status, secret, period, activated_at)
     SELECT 'fac_!' || n, 'app_1', 'sub_altered', 'totp', 'active', 'old.AAAA', 30, now() FROM generate_series(1, 200) n`,
  );
  const authenticator = await bench.enrolled();
  const other = await bench.enrolled();
  // A row that was copied to another person opens nothing there.
  await opened.database.query(`UPDATE factors SET secret = (SELECT secret FROM factors WHERE id = $1) WHERE id = $2`, [
    authenticator.id,
    other.id,
  ]);
  await expect(byApp(bench, other, '000000')).rejects.toThrow();
  const lines: string[] = [];
  const round = resealRound(resealWith(FRESH, OLD), Log.to('info', { write: (line) => lines.push(line) }));
  expect([await round.work(), await round.work()].toSorted()).toEqual([0, 1]);
  const after = processWith(FRESH);
  expect(await byApp(after, authenticator, await after.shown(authenticator))).toMatchObject({ kind: 'right' });
  // What an operator is told to look for before an old key is dropped.
  const unreadable = { event: 'housekeeping.unreadable', of: 'factors', id: other.id };
  const told = lines.map((line) => JSON.parse(line) as { id: string });
  expect(told).toContainEqual(expect.objectContaining(unreadable));
  expect(new Set(told.map(({ id }) => id)).size).toBe(201);
  await opened.database.query(`DELETE FROM factors WHERE subject = 'sub_altered'`);
});

it('I16 after a restore no code that can have been used is taken, and the third one from then is', async () => {
  const clock = new ShiftedClock();
  const bench = new FactorBench(opened.database, clock);
  const restored = new RestoredFactors(new PostgresDoubtfulCodes(opened.database));
  const authenticator = await bench.enrolled();
  const { id, subject, codes } = await bench.backupCodes();
  const shown = await Promise.all([-2, -1, 0, 1, 2, 3].map((step) => bench.shown(authenticator, step)));
  const [last = ''] = shown.splice(-1);
  const now = new Date(await bench.now());
  expect(await restored.passSteps(now)).toBeGreaterThan(0);
  expect(await restored.voidBackupCodes(now)).toBeGreaterThan(0);
  expect(await restored.voidBackupCodes(now)).toBe(0);
  // Whoever had none left made new ones; to repeat the restore leaves them alone.
  const later = await bench.make.execute({ ...BY, subject }, true);
  expect(await restored.voidBackupCodes(now)).toBe(0);
  for (const offsetMs of [-60_000, 0, 60_000]) {
    clock.offsetMs = offsetMs;
    for (const code of shown) expect(['used', 'wrong']).toContain((await byApp(bench, authenticator, code)).kind);
  }
  clock.offsetMs = 90_000;
  expect(await byApp(bench, authenticator, last)).toMatchObject({ kind: 'right' });
  for (const code of codes) expect(await byList(bench, subject, code)).toEqual({ kind: 'wrong' });
  expect(await byList(bench, subject, later?.codes[0])).toMatchObject({ kind: 'right' });
  expect(await bench.events(id)).toEqual([
    ['factor.codes-created', 1, 10],
    ['factor.codes-voided', 2, 0],
    ['factor.codes-created', 3, 10],
    ['factor.code-used', 4, 9],
  ]);
  // What was passed is never taken back, whatever time a second call is told.
  await restored.passSteps(new Date(0));
  expect(await byApp(bench, authenticator, shown[4] ?? '')).toEqual({ kind: 'used' });
});

it('R6 a process without the key of one authenticator says that it can not tell, and takes no code of the others', async () => {
  const [without, both] = [processWith(OLD), processWith(FRESH, OLD)];
  const older = await without.enrolled();
  const newer = await both.enrolled({ subject: older.subject });
  const [code, other] = [await both.shown(newer), await both.shown(older)];
  for (const typed of [code, other])
    await expect(byApp(without, older, typed)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await byApp(both, older, code)).toEqual({ kind: 'right', factorId: newer.id });
  expect(await byApp(both, older, other)).toEqual({ kind: 'right', factorId: older.id });
});
