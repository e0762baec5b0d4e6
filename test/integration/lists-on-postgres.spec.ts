import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditLog } from '../../src/audit/audit-log.js';
import { Keyring } from '../../src/platform/keyring/keyring.js';
import type { Secret } from '../../src/platform/keyring/secrets.js';
import { LiveValues } from '../../src/platform/live/live-values.js';
import { Log } from '../../src/platform/log/log.js';
import { SystemRandom } from '../../src/platform/system-random.js';
import { KeyringNames } from '../../src/screening/adapters/keyring-names.js';
import { LiveLists } from '../../src/screening/adapters/live-lists.js';
import { PostgresListUpkeep } from '../../src/screening/adapters/postgres-list-upkeep.js';
import { PostgresLists } from '../../src/screening/adapters/postgres-lists.js';
import { EditLists } from '../../src/screening/application/edit-lists.js';
import { ScreenSend } from '../../src/screening/application/screen-send.js';
import { parsePhone } from '../../src/shared/phone-number.js';
import { openTestDatabase, type TestDatabase } from '../support/postgres.js';

const OLD: Secret = { kid: 'old', key: randomBytes(32) };
const NEW: Secret = { kid: 'new', key: randomBytes(32) };
const NUMBER = '+4915112345678';
const SHOP = { owner: 'app_shop', list: 'block' } as const;
const TERMS = { expiresAt: null, note: '' };

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

/** A process with these secrets, the newest first, that begins now. */
async function processWith(...secrets: [Secret, ...Secret[]]) {
  const { database } = store;
  const keyring = new Keyring(secrets);
  const names = new KeyringNames(keyring);
  const values = new LiveValues(database, null, Log.to('silent'));
  const lists = new LiveLists(values, database);
  await lists.onModuleInit();
  const edit = new EditLists(new PostgresLists(database, new AuditLog(database), values), names, new SystemRandom());
  const screen = new ScreenSend(lists, names);
  const address = parsePhone(NUMBER);
  if (!address) throw new Error('no number');
  const countries = { sms: 'all', voice: 'all' } as const;
  return {
    edit,
    upkeep: new PostgresListUpkeep(database, keyring, names, Log.to('silent')),
    blocks: () => screen.screen({ applicationId: SHOP.owner, channel: 'sms', address, countries }).kind === 'refused',
    hears: () => values.announce(),
  };
}

it('a number stays blocked through a rotation of the secrets, and comes off the list after it', async () => {
  const before = await processWith(OLD);
  await before.edit.add(SHOP, { kind: 'number', values: [NUMBER], ...TERMS }, 'key_1');
  const during = await processWith(NEW, OLD);
  expect(during.blocks()).toBe(true);
  expect(await during.upkeep.rekey(10)).toBe(1);
  expect(await during.upkeep.rekey(10)).toBe(0);

  const after = await processWith(NEW);
  expect([during.blocks(), after.blocks()]).toEqual([true, true]);
  const { found: entries } = await after.edit.page(SHOP, 10);
  expect(entries).toHaveLength(1);
  await after.edit.remove(SHOP, { id: entries[0]?.id ?? '', version: entries[0]?.version ?? 0 }, 'key_1');
  // Both read it under the older key, and know it by that.
  await Promise.all([before.hears(), during.hears()]);
  expect([before.blocks(), during.blocks(), after.blocks()]).toEqual([false, false, false]);
});

it('an entry that nobody can open keeps no other under a key that is about to go', async () => {
  const { database } = store;
  await database.query(`
    INSERT INTO list_entries (id, application_id, list, kind, key, shown, sealed, change)
    VALUES ('ent_altered', 'app_other', 'block', 'number', 'k', '+49…', 'old.AAAA', 1)`);
  const other = { ...SHOP, owner: 'app_sealed' };
  await (await processWith(OLD)).edit.add(other, { kind: 'number', values: [NUMBER], ...TERMS }, 'key_1');
  const { upkeep } = await processWith(NEW, OLD);
  expect(await upkeep.rekey(10)).toBe(1);
  expect(await upkeep.rekey(10)).toBe(0);
  await database.query(`DELETE FROM list_entries WHERE id = 'ent_altered'`);
});

it('what was put on the list again under the newest key meanwhile is one entry', async () => {
  const before = await processWith(OLD);
  await before.edit.add(SHOP, { kind: 'number', values: [NUMBER], ...TERMS }, 'key_1');
  const during = await processWith(NEW, OLD);
  await during.edit.add(SHOP, { kind: 'number', values: [NUMBER], ...TERMS, note: 'again' }, 'key_1');
  expect(await during.upkeep.rekey(10)).toBe(1);
  const { found: entries } = await during.edit.page(SHOP, 10);
  expect(entries).toMatchObject([{ note: 'again' }]);
  expect((await processWith(NEW)).blocks()).toBe(true);
  await during.edit.remove(SHOP, { id: entries[0]?.id ?? '', version: entries[0]?.version ?? 0 }, 'key_1');
  await before.hears();
  expect([before.blocks(), during.blocks()]).toEqual([false, false]);
});

it('a list that is full takes no more, but new terms for what is there', async () => {
  const { database } = store;
  const ledger = new PostgresLists(database, new AuditLog(database), new LiveValues(database, null, Log.to('silent')));
  const full = { owner: 'app_full', list: 'block' } as const;
  const add = (...prefixes: string[]) => {
    const entries = prefixes.map((key) => ({
      id: `ent_${randomBytes(8).toString('hex')}`,
      kind: 'prefix' as const,
      key,
    }));
    const shown = entries.map((entry) => ({ ...entry, shown: `+${entry.key}`, sealed: null }));
    return ledger.add(full, shown, { ...TERMS, actor: 'key_1', most: 3 });
  };
  await add('43', '44');
  await expect(add('45', '46')).rejects.toMatchObject({ code: 'list-full' });
  await add('45');
  await expect(add('46')).rejects.toMatchObject({ code: 'list-full' });
  expect(await add('45')).toMatchObject([{ value: '+45', version: 2 }]);
  expect((await ledger.page(full, 10)).found).toHaveLength(3);
});
