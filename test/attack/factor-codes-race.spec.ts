/**
 * The same code, sent by many at once: whoever looked over a shoulder, a phishing page that passes it on while its owner types it,
 * a login flow that repeats. CVE-2015-7225 and CVE-2025-43798 are authenticators whose codes were good twice.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TakenCode } from '../../src/factors/application/taken-code.js';
import { Clock } from '../../src/shared/clock.js';
import { FactorBench, type Enrolled } from '../support/factor-bench.js';
import { atOnce, rounds } from '../support/parallel.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { ShiftedClock } from '../support/shifted-clock.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 5);
const MANY = 50;

/** A process whose own clock is wrong. */
class WrongClock extends Clock {
  readonly offsetMs = 0;

  constructor(private readonly aheadMs: number) {
    super();
  }

  now(): number {
    return Date.now() + this.aheadMs;
  }
}

let opened: TestDatabase;
/** Two processes, of which one is a minute behind the ledger and the other a minute ahead. */
let nodes: [FactorBench, FactorBench];
beforeAll(async () => {
  opened = await openTestDatabase();
  nodes = [
    new FactorBench(opened.database, new WrongClock(-60_000)),
    new FactorBench(opened.database, new WrongClock(60_000)),
  ];
});
afterAll(() => opened.close());

const nodeOf = (n: number) => nodes[n % 2 === 0 ? 0 : 1];
const guess = ({ subject }: { subject: string }, code: string, takenFor: string) =>
  ({ ...{ applicationId: 'app_1', subject, code, takenFor }, channel: 'totp' }) as const;

function tally(taken: TakenCode[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of taken) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

it('I9 R66 one of fifty gets in by a code of an authenticator, whatever the clocks of the processes say', async () => {
  let n = 0;
  await rounds(ROUNDS, async () => {
    const authenticator = await nodes[0].enrolled();
    const code = await nodes[0].shown(authenticator);
    n += 1;
    const taken = await atOnce(MANY, (i) =>
      nodeOf(i).totp.execute(guess(authenticator, code, `ver_${String(n)}_${String(i)}`)),
    );
    expect(tally(taken)).toEqual({ right: 1, used: MANY - 1 });
  });
});

it('I9 each step of an authenticator is taken once, and none once the last one was, when all come at once', async () => {
  const { id } = await nodes[0].enrolled();
  let step = 100;
  await rounds(ROUNDS, async () => {
    step += 10;
    const of = (i: number) => step + (i % 5);
    const taken = await atOnce(MANY, (i) => nodeOf(i).steps.take(id, of(i), `ver_${String(step)}_${String(i)}`));
    const steps = taken.flatMap((yes, i) => (yes ? [of(i)] : []));
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps).toContain(step + 4);
    for (const late of [3, 4]) expect(await nodes[1].steps.take(id, step + late, 'ver_late')).toBe(false);
  });
});

it('I9 R72 one of fifty gets in by a backup code, and it counts once', async () => {
  await rounds(ROUNDS, async () => {
    const { id, subject, codes } = await nodes[0].backupCodes();
    const backup = (i: number, takenFor: string) =>
      nodeOf(i).backup.execute({ ...guess({ subject }, codes[0] ?? '', takenFor), channel: 'backup-code' });
    const taken = await atOnce(MANY, (i) => backup(i, `ver_${String(i)}`));
    expect(tally(taken)).toEqual({ right: 1, used: MANY - 1 });
    // One verification that is asked to check the same code many times is one use of it.
    const again = (i: number, takenFor: string) =>
      nodeOf(i).backup.execute({ ...guess({ subject }, codes[1] ?? '', takenFor), channel: 'backup-code' });
    expect(tally(await atOnce(MANY, (i) => again(i, 'ver_same')))).toEqual({ right: MANY });
    expect((await nodes[0].events(id)).map(([type, , left]) => [type, left])).toEqual([
      ['factor.codes-created', 10],
      ['factor.code-used', 9],
      ['factor.code-used', 8],
    ]);
  });
});

it('R72 ten codes used at once are ten, each told in its place', async () => {
  await rounds(ROUNDS, async () => {
    const { id, subject, codes } = await nodes[0].backupCodes();
    const taken = await atOnce(10, (i) =>
      nodeOf(i).backup.execute({ ...guess({ subject }, codes[i] ?? '', `ver_${String(i)}`), channel: 'backup-code' }),
    );
    expect(tally(taken)).toEqual({ right: 10 });
    const events = await nodes[0].events(id);
    const left = events.map(([type, , codesLeft]) => (type === 'factor.code-used' ? codesLeft : null));
    expect(left.filter((count) => count !== null).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(events.map(([, place]) => place).toSorted((a, b) => a - b)).toEqual(events.map((_, i) => i + 1));
    expect(events).toHaveLength(1 + 10 + 4);
  });
});

it('I9 R72 codes that are used while others are made wait for no one, and the former are void', async () => {
  await rounds(ROUNDS, async () => {
    const { id, subject, codes } = await nodes[0].backupCodes();
    const renewing = atOnce(4, (i) =>
      nodeOf(i).make.execute({ applicationId: 'app_1', subject, keyId: 'key_1', by: 'subject' }, true),
    );
    const using = atOnce(MANY, (i) => {
      const code = codes[i % 10] ?? '';
      return nodeOf(i).backup.execute({ ...guess({ subject }, code, `ver_${String(i)}`), channel: 'backup-code' });
    });
    const [made, taken] = await Promise.all([renewing, using]);
    expect(tally(taken)['right'] ?? 0).toBeLessThanOrEqual(10);
    const counts = `SELECT count(*)::int AS codes FROM backup_codes WHERE factor_id = $1`;
    expect(await opened.database.query(counts, [id])).toEqual([{ codes: 10 }]);
    const all = [codes, ...made.map((list) => list?.codes ?? [])];
    const good = await Promise.all(
      all.map(([, second = '']) =>
        nodes[0].backup.execute({ ...guess({ subject }, second, 'ver_after'), channel: 'backup-code' }),
      ),
    );
    expect(tally(good)).toEqual({ right: 1, wrong: 4 });
  });
});

it('I9 R67 R68 a ledger whose clock is set back or forth by a minute takes no code a second time', async () => {
  const clock = new ShiftedClock();
  const bench = new FactorBench(opened.database, clock);
  const authenticator: Enrolled = await bench.enrolled();
  let n = 0;
  const check = async (code: string) =>
    (await bench.totp.execute(guess(authenticator, code, `ver_${String((n += 1))}`))).kind;
  const codes = await Promise.all([-2, -1, 0, 1, 2].map((step) => bench.shown(authenticator, step)));
  const [earliest = '', , now = '', , latest = ''] = codes;
  expect([await check(now), await check(now)]).toEqual(['right', 'used']);
  clock.advance(-60_000);
  for (const code of codes.slice(0, 2)) expect(await check(code)).toBe('used');
  clock.advance(120_000);
  expect(await check(earliest)).toBe('wrong');
  expect([await check(latest), await check(latest)]).toEqual(['right', 'used']);
  clock.advance(-60_000);
  for (const code of codes) expect(['used', 'wrong']).toContain(await check(code));
});
