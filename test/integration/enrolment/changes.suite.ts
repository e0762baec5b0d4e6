import { expect, it } from 'vitest';
import { ERASE } from '../../../src/factors/adapters/change-sql.js';
import type { Query } from '../../../src/platform/postgres/database.js';
import { codeOf, newSubject, type EnrolmentDesk } from '../../support/enrolment-desk.js';
import { whileUnderWay } from '../../support/while-under-way.js';

export function changes(desk: () => EnrolmentDesk): void {
  const remove = (id: string, call: { key?: string; token?: string } = {}) =>
    desk().call('DELETE', `factors/${id}`, undefined, call);
  const told = async (subject: string) =>
    (await desk().eventsOf(subject)).map(({ type, payload: { by } }) => `${type} ${by ?? ''}`);

  it('R73 a factor is removed with one, and the backup codes go with the last authenticator', async () => {
    const { id, subject } = await desk().enrolled();
    const second = await desk().enrolled(subject);
    expect(await remove(id)).toMatchObject({ status: 403, body: { code: 'factor-proof-needed' } });
    expect((await remove(id, { token: await desk().tokenFor(subject) })).status).toBe(204);
    expect((await desk().factorsOf(subject)).map(({ channel }) => channel)).toEqual(['backup-code', 'totp']);
    expect((await remove(second.id, { token: await desk().tokenFor(subject) })).status).toBe(204);
    expect(await desk().factorsOf(subject)).toEqual([]);
    const removed = (await told(subject)).filter((event) => event.startsWith('factor.removed'));
    expect(removed).toEqual(Array(3).fill('factor.removed subject'));
    expect((await remove(second.id, { token: await desk().tokenFor(subject) })).status).toBe(404);
    expect((await desk().begin(subject)).status).toBe(201);
  });

  it('backup codes alone can be removed, and an enrolment given up without a proof', async () => {
    const { subject } = await desk().enrolled();
    const begun = await desk().begin(subject, { token: await desk().tokenFor(subject) });
    expect((await remove(begun.body.id)).status).toBe(204);
    const list = (await desk().factorsOf(subject)).find(({ channel }) => channel === 'backup-code');
    expect((await remove(list?.id ?? '', { token: await desk().tokenFor(subject) })).status).toBe(204);
    expect((await desk().factorsOf(subject)).map(({ channel }) => channel)).toEqual(['totp']);
    expect((await told(subject)).slice(-2)).toEqual(['factor.removed subject', 'factor.removed subject']);
  });

  it('R73 enrolments under way go with a factor that is removed: one who has stolen it may have proven them', async () => {
    const { id, subject } = await desk().enrolled();
    await desk().enrolled(subject);
    const begin = async () => (await desk().begin(subject, { token: await desk().tokenFor(subject) })).body;
    const [one, other, byTheWay] = [await begin(), await begin(), (await desk().begin(newSubject())).body];
    // One that is given up takes no other along.
    expect((await remove(one.id)).status).toBe(204);
    expect((await desk().call('GET', `factors/${other.id}`)).body).toMatchObject({ status: 'pending' });
    const before = (await told(subject)).length;
    expect((await remove(id, { token: await desk().tokenFor(subject) })).status).toBe(204);
    expect((await desk().call('GET', `factors/${other.id}`)).status).toBe(404);
    expect((await desk().activate(other.id, codeOf(other))).status).toBe(404);
    expect((await told(subject)).slice(before)).toEqual(['factor.removed subject', 'factor.removed subject']);
    expect((await desk().call('GET', `factors/${byTheWay.id}`)).status).toBe(200);
  });

  it('is renamed, or loses its name, and the change is told', async () => {
    const { id, subject } = await desk().enrolled();
    const rename = (label: unknown) => desk().call('PATCH', `factors/${id}`, { label });
    expect(await rename('Old phone')).toMatchObject({ status: 200, body: { id, label: 'Old phone' } });
    expect(await rename(null)).toMatchObject({ status: 200, body: { label: null } });
    for (const wrong of ['', 7, 'x'.repeat(65), 'a\nb']) expect((await rename(wrong)).status).toBe(400);
    expect((await told(subject)).slice(-2)).toEqual(['factor.renamed subject', 'factor.renamed subject']);
    expect((await desk().call('PATCH', 'factors/fac_nobody', { label: 'x' })).status).toBe(404);
  });

  it('R90 everything of a person is erased, told of, and noted without the name', async () => {
    const [gone, kept] = [await desk().enrolled(), await desk().enrolled()];
    const { admin } = desk().keys;
    await desk().call('PATCH', `factors/${gone.id}`, { label: 'Their phone' });
    await desk().begin(gone.subject, { key: admin });
    const started = await desk().call('POST', 'verifications', { subject: gone.subject, metadata: { cart: '7' } });
    const other = await desk().call('POST', 'verifications', { subject: kept.subject });
    const erase = (subject: string) => desk().call('POST', 'factors/erase', { subject }, { key: admin });
    expect(await erase(gone.subject)).toMatchObject({ status: 200, body: { factors: 3 } });
    expect(await erase(gone.subject)).toMatchObject({ status: 200, body: { factors: 0 } });
    const rows = 'SELECT id FROM factors WHERE subject = $1';
    expect(await desk().database.query(rows, [gone.subject])).toEqual([]);
    expect(await desk().factorsOf(kept.subject)).toHaveLength(2);
    const events = `SELECT type, payload->>'subject' AS subject, payload->>'label' AS label FROM events
      WHERE type LIKE 'factor.%' AND payload->>'by' = 'administrator' AND payload->>'factorId' = $1 ORDER BY id DESC LIMIT 1`;
    expect(await desk().database.query(events, [gone.id])).toEqual([
      { type: 'factor.removed', subject: null, label: null },
    ]);
    const verification = `SELECT status, subject, metadata, sealed IS NULL AS empty FROM verifications WHERE id = $1`;
    const [emptied] = await desk().database.query(verification, [started.body.id]);
    expect(emptied).toEqual({ status: 'canceled', subject: null, metadata: {}, empty: true });
    const [untouched] = await desk().database.query(verification, [other.body.id]);
    expect(untouched).toMatchObject({ status: 'pending', subject: kept.subject, empty: false });
    for (const table of ['events', 'verifications', 'factors', 'audit_log']) {
      const naming = await desk().database.query(`SELECT FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`, [
        gone.subject,
      ]);
      expect([table, naming]).toEqual([table, []]);
    }
    expect((await told(kept.subject)).length).toBeGreaterThan(0);
    const noted = `SELECT details FROM audit_log WHERE action = 'factors.erased' AND target = $1 ORDER BY seq`;
    expect(await desk().database.query(noted, [desk().applicationId])).toEqual([
      { details: { factors: 3 } },
      { details: { factors: 0 } },
    ]);
  });

  it('R90 a start that was under way when its subject was erased leaves no name behind', async () => {
    const { subject } = await desk().enrolled();
    const start = () => desk().call('POST', 'verifications', { subject });
    const erasure = (query: Query) => query(ERASE, [desk().applicationId, subject, 'administrator']);
    expect((await whileUnderWay(desk().database, erasure, start)).status).toBe(503);
    expect(await desk().database.query('SELECT FROM verifications WHERE subject = $1', [subject])).toEqual([]);
    expect((await start()).status).toBe(422);
  });

  it('what administrators do is audited, what people do to their own is not', async () => {
    const latest = 'SELECT coalesce(max(seq), 0)::text AS seq FROM audit_log';
    const before = (await desk().database.query<{ seq: string }>(latest))[0]?.seq;
    const { id, subject } = await desk().enrolled(newSubject());
    await desk().call('PATCH', `factors/${id}`, { label: 'by the person' });
    await desk().call('PATCH', `factors/${id}`, { label: 'by an administrator' }, { key: desk().keys.admin });
    expect((await remove(id, { key: desk().keys.admin })).status).toBe(204);
    const sql = `SELECT action, details FROM audit_log WHERE action LIKE 'factor.%' AND seq > $1 ORDER BY seq`;
    const entries = await desk().database.query<{ action: string; details: object }>(sql, [before]);
    expect(JSON.stringify(entries)).not.toContain(subject);
    expect(entries.map(({ action }) => action)).toEqual([
      ...['factor.created', 'factor.activated', 'factor.codes-created'],
      ...['factor.renamed', 'factor.removed', 'factor.removed'],
    ]);
    expect(entries[0]?.details).toEqual({ applicationId: desk().applicationId, channel: 'totp' });
  });

  it("R78 another application's factor is none, whatever is wanted of it", async () => {
    const { id, subject } = await desk().enrolled();
    const { key } = await desk().service.tenant(`stranger ${subject}`);
    const tries = [
      desk().call('GET', `factors/${id}`, undefined, { key }),
      desk().call('PATCH', `factors/${id}`, { label: 'mine' }, { key }),
      desk().call('POST', `factors/${id}/activate`, { code: '123456' }, { key }),
      remove(id, { key }),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const search = await desk().call('POST', 'factors/search', { subject }, { key });
    expect(search.body).toEqual({ factors: [] });
    expect(await desk().call('POST', 'factors/erase', { subject }, { key })).toMatchObject({ body: { factors: 0 } });
    expect(await desk().factorsOf(subject)).toHaveLength(2);
  });
}
