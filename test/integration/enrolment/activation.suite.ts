import { expect, it } from 'vitest';
import { Enrolments } from '../../../src/factors/application/enrolments.js';
import { TakeFactorCode } from '../../../src/factors/application/take-factor-code.js';
import { codeOf, newSubject, wrongCodeOf, type EnrolmentDesk } from '../../support/enrolment-desk.js';

export function activation(desk: () => EnrolmentDesk): void {
  const grown = (id: string, age: string) =>
    desk().database.query(`UPDATE factors SET created_at = created_at - $2::interval WHERE id = $1`, [id, age]);

  it('R71 the code of the enrolment logs nobody in; the next one does', async () => {
    const { body } = await desk().begin(newSubject());
    const [first, next] = [codeOf(body), codeOf(body, 1)];
    expect((await desk().activate(body.id, first)).status).toBe(200);
    const guess = {
      applicationId: desk().applicationId,
      subject: body.subject,
      channel: 'totp',
      takenFor: 'ver_1',
    } as const;
    const take = (code: string) =>
      desk()
        .service.app.get(TakeFactorCode, { strict: false })
        .execute({ ...guess, code });
    expect(await take(first)).toEqual({ kind: 'used' });
    expect(await take(next)).toEqual({ kind: 'right', factorId: body.id });
  });

  it('R71 ten wrong codes end it, also when they come at once, and the right one is too late then', async () => {
    const { body } = await desk().begin(newSubject());
    const wrong = wrongCodeOf(body);
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk().activate(body.id, wrong)));
    const left = answers.flatMap(({ status, body: { attemptsLeft } }) => (status === 422 ? [attemptsLeft] : []));
    expect(left.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(answers.filter(({ status, body: { code } }) => status === 410 && code === 'enrolment-ended')).toHaveLength(
      10,
    );
    expect(await desk().activate(body.id, codeOf(body))).toMatchObject({
      status: 410,
      body: { code: 'enrolment-ended' },
    });
    expect(await desk().factorsOf(body.subject)).toEqual([]);
    // Whoever begins anew has ten of their own.
    const anew = (await desk().begin(body.subject)).body;
    expect((await desk().activate(anew.id, codeOf(anew))).status).toBe(200);
  });

  it('R71 ends after a quarter of an hour, and an hour later nothing is left of it', async () => {
    const [late, early] = [(await desk().begin(newSubject())).body, (await desk().begin(newSubject())).body];
    await grown(late.id, '15 minutes');
    await grown(early.id, '14 minutes 50 seconds');
    expect(await desk().activate(late.id, codeOf(late))).toMatchObject({
      status: 410,
      body: { code: 'enrolment-ended' },
    });
    expect((await desk().activate(early.id, codeOf(early))).status).toBe(200);
    const unfinished = (await desk().begin(newSubject())).body;
    await grown(unfinished.id, '74 minutes');
    await grown(late.id, '1 hour');
    await grown(early.id, '2 hours');
    await desk().service.app.get(Enrolments, { strict: false }).forget(1_000);
    const reads = [late, unfinished, early].map(({ id }) => desk().call('GET', `factors/${id}`));
    expect((await Promise.all(reads)).map(({ status }) => status)).toEqual([404, 200, 200]);
  });

  it('answers the same code again, for whoever lost the answer, and no other one', async () => {
    const { body } = await desk().begin(newSubject());
    const [first, next] = [codeOf(body), codeOf(body, 1)];
    const answers = await Promise.all([first, first, first].map((code) => desk().activate(body.id, code)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.filter(({ body: { backupCodes } }) => backupCodes !== null)).toHaveLength(1);
    expect((await desk().activate(body.id, first)).body).toMatchObject({ status: 'active', backupCodes: null });
    expect(await desk().activate(body.id, next)).toMatchObject({ status: 409, body: { code: 'already-active' } });
    const events = await desk().eventsOf(body.subject);
    expect(events.map(({ type }) => type)).toEqual(['factor.created', 'factor.activated', 'factor.codes-created']);
  });

  it('to ask again is a try: after ten in all, also the code that activated it is not looked at', async () => {
    const { body } = await desk().begin(newSubject());
    const [right, wrong] = [codeOf(body), wrongCodeOf(body)];
    const statuses = async (...codes: string[]) => {
      const told: number[] = [];
      for (const code of codes) told.push((await desk().activate(body.id, code)).status);
      return told;
    };
    expect(await statuses(right)).toEqual([200]);
    expect(await statuses(...Array<string>(8).fill(wrong))).toEqual(Array(8).fill(409));
    expect(await statuses(right, right)).toEqual([200, 409]);
  });

  it('R73 whoever asks again for an activation gets no backup codes by it, though there are none', async () => {
    const { body } = await desk().begin(newSubject());
    const code = codeOf(body);
    expect((await desk().activate(body.id, code, {}, { backupCodes: false })).status).toBe(200);
    expect(await desk().activate(body.id, code)).toMatchObject({ status: 200, body: { backupCodes: null } });
    expect((await desk().factorsOf(body.subject)).map(({ channel }) => channel)).toEqual(['totp']);
  });

  it('makes no backup codes where they are not wanted, and none where there are some', async () => {
    const { subject } = await desk().enrolled(newSubject(), { backupCodes: false });
    expect(await desk().factorsOf(subject)).toHaveLength(1);
    await desk().enrolled(subject);
    const before = await desk().factorsOf(subject);
    expect(before.map(({ channel }) => channel)).toEqual(['totp', 'totp', 'backup-code']);
    const begun = await desk().begin(subject, { key: desk().keys.admin });
    expect((await desk().activate(begun.body.id, codeOf(begun.body))).body.backupCodes).toBeNull();
  });

  it('a subject has five authenticators, also when more are activated at once', async () => {
    const subject = newSubject();
    const begin = () => desk().begin(subject, { key: desk().keys.admin });
    const begun = await Promise.all(Array.from({ length: 7 }, begin));
    const answers = await Promise.all(begun.map(({ body }) => desk().activate(body.id, codeOf(body))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 422, 422]);
    expect(answers.find(({ status }) => status === 422)?.body.code).toBe('too-many-factors');
    expect(await begin()).toMatchObject({ status: 422, body: { code: 'too-many-factors' } });
  });

  it.each(['12345', '123456789', '12345a', '１２３４５６', '\t123456'])(
    'refuses %j as no code, and counts nothing',
    async (code) => {
      const { id } = (await desk().begin(newSubject())).body;
      expect((await desk().activate(id, code)).status).toBe(400);
      const [row] = await desk().database.query('SELECT activation_tries AS tries FROM factors WHERE id = $1', [id]);
      expect(row).toEqual({ tries: 0 });
    },
  );
}
