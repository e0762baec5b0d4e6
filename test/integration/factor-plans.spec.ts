/** A plan that names factors, and a version before it that knows none: while both run, each reads what it can. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeChannel } from '../../src/shared/channel.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';
import { startApplications, type ApplicationsService } from './applications-app.js';

let store: TestDatabase;
let service: ApplicationsService;
beforeAll(async () => {
  store = await openTestDatabase();
  service = await startApplications(store.database);
});
afterAll(async () => {
  await service.close();
  await store.close();
});

/** An application whose plan this is. @returns its id */
async function planned(name: string, plan: CodeChannel[]): Promise<string> {
  const { id } = await service.tenant(name);
  await service.settings.save(
    id,
    { settings: { plan, locale: 'de' }, version: 1 },
    { keyId: 'test', applicationId: id },
  );
  return id;
}

/** What the version before finds, beside what it has always read. */
async function readable(id: string): Promise<unknown> {
  const rows = await store.database.query<{ settings: unknown }>('SELECT settings FROM applications WHERE id = $1', [
    id,
  ]);
  return rows[0]?.settings;
}

test.each([
  ['shop', ['totp', 'sms', 'backup-code', 'email'], { locale: 'de', plan: ['sms', 'email'] }],
  ['bank', ['totp'], { locale: 'de' }],
  ['forum', ['email'], { locale: 'de', plan: ['email'] }],
] as const)('the plan of %s holds as it was saved; a version before reads what is sent', async (name, plan, before) => {
  const id = await planned(name, [...plan]);
  expect((await service.settings.effective(id)).plan).toEqual(plan);
  expect((await service.settings.find(id)).settings).toEqual({ plan, locale: 'de' });
  expect(await readable(id)).toEqual(before);
});

test('what a version before saves afterwards holds instead', async () => {
  const id = await planned('library', ['totp', 'sms']);
  const sql = `UPDATE applications SET settings = '{"plan": ["email", "sms"]}' WHERE id = $1`;
  await store.database.query(sql, [id]);
  expect((await service.settings.find(id)).effective.plan).toEqual(['email', 'sms']);
});

test('a factor needs no provider, and a channel beside it still does', async () => {
  await expect(planned('museum', ['totp', 'voice'])).rejects.toMatchObject({ code: 'no-channel' });
});
