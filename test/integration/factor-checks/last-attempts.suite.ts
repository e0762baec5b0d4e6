import { afterEach, expect, test } from 'vitest';
import type { Stage } from './stage.js';

const STEPS = ['check:reserved', 'check:code-taken', 'check:approved'] as const;

/** The last attempt of a login, that was lost with its process: the same backup code goes on with it, and nothing else does. */
export function lastAttempts(stage: Stage): void {
  afterEach(() => {
    stage.calls.resetClock();
  });
  const mismatch = { status: 422, body: { code: 'idempotency-mismatch' } };

  /** Somebody at their last attempt, a backup code, whose process is lost with it. */
  async function lostInTheLastAttempt(step: (typeof STEPS)[number]) {
    const { calls } = stage;
    const holder = await calls.holder();
    const [code = '', other = ''] = await calls.backupCodes(holder.subject);
    const id = await holder.start();
    for (let n = 0; n < 4; n += 1) expect((await holder.check(id, holder.wrongCode(n))).status).toBe(422);
    const check = (typed: string, idempotencyKey = 'last') =>
      holder.check(id, typed, { idempotencyKey }, { channel: 'backup-code' });
    await calls.lostAt(step, () => check(code));
    return { code, other, check, subject: holder.subject };
  }
  const usedUp = { body: { code: 'attempts-used-up' } };

  test.each(STEPS)(
    'I2 I5 R25 R72 lost at %s in the last attempt of a login: the same backup code is approved, another is not compared',
    async (step) => {
      const { code, other, check, subject } = await lostInTheLastAttempt(step);
      expect(await check(other)).toMatchObject(mismatch);
      stage.calls.overload();
      expect(await check(code)).toMatchObject({ status: 503, body: { code: 'overloaded' } });
      const approval = await check(code.toLowerCase());
      expect(approval).toMatchObject({ status: 200, body: { status: 'approved', channel: 'backup-code' } });
      expect((await check(code)).body).toEqual(approval.body);
      expect(await check(other)).toMatchObject(mismatch);
      expect(await check(other, 'another')).toMatchObject({ body: { code: 'already-approved' } });
      expect(await stage.calls.statusesOf(subject)).toEqual(['approved']);
    },
  );

  test('I2 R13 the right backup code of a lost last attempt is not compared for another key, and ends the login', async () => {
    const { code, check, subject } = await lostInTheLastAttempt('check:code-taken');
    expect(await check(code, 'another')).toMatchObject(usedUp);
    expect(await check(code)).toMatchObject(usedUp);
    expect(await stage.calls.statusesOf(subject)).toEqual(['failed']);
  });

  test('I2 R13 digits of an app that were lost in the last attempt of a login are another guess a step later, and not compared', async () => {
    const holder = await stage.calls.holder();
    const id = await holder.start();
    for (let n = 0; n < 4; n += 1) await holder.check(id, holder.wrongCode(n));
    const check = () => holder.check(id, holder.code(), { idempotencyKey: 'last' });
    await stage.calls.lostAt('check:code-taken', check);
    expect(await check()).toMatchObject(usedUp);
    expect(await stage.calls.statusesOf(holder.subject)).toEqual(['failed']);
  });

  test('I5 a backup code whose retry is under way is not lost to another key, which neither ends the login nor is compared', async () => {
    const { code, other, check, subject } = await lostInTheLastAttempt('check:code-taken');
    const goOn = await stage.calls.underWay(() => check(code));
    expect(await check(other, 'another')).toMatchObject(usedUp);
    expect(await goOn()).toMatchObject({ status: 200, body: { channel: 'backup-code' } });
    expect(await stage.calls.statusesOf(subject)).toEqual(['approved']);
  });

  test('R25 a wrong backup code that went on with a lost attempt has its answer, and counts once, while the login goes on', async () => {
    const { calls } = stage;
    const holder = await calls.holder();
    const [code = ''] = await calls.backupCodes(holder.subject);
    const id = await holder.start();
    const check = (typed: string, idempotencyKey: string) =>
      holder.check(id, typed, { idempotencyKey }, { channel: 'backup-code' });
    await calls.lostAt('check:reserved', () => check(code, 'right'));
    for (let n = 0; n < 3; n += 1) await holder.check(id, holder.wrongCode(n));
    const wrong = () => check('ABCDEFGHJKMNP', 'wrong');
    await calls.lostAt('check:reserved', wrong);
    for (let n = 0; n < 2; n += 1) expect(await wrong()).toMatchObject({ status: 422, body: { code: 'wrong-code' } });
    expect(await calls.statusesOf(holder.subject)).toEqual(['pending']);
    expect(await check(code, 'right')).toMatchObject({ status: 200 });
  });

  test('I17 a backup code that was lost with the last attempt goes on at a node that has a newer secret', async () => {
    const { code, other, check } = await lostInTheLastAttempt('check:code-taken');
    stage.calls.addSecret();
    expect(await check(other)).toMatchObject(mismatch);
    expect(await check(code)).toMatchObject({ status: 200, body: { channel: 'backup-code' } });
  });
}
