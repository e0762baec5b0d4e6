import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditLog, type AuditEntry } from '../../src/audit/audit-log.js';
import { verifyChain } from '../../src/audit/verify-chain.js';
import { openEmbeddedDatabase, openTestDatabase, type TestDatabase } from '../support/postgres.js';

const entry = (target: string): AuditEntry => ({
  actor: 'key_operator',
  action: 'application.settings-changed',
  target,
  details: { before: { policy: {} }, after: { policy: { maxAttempts: 3 }, note: 'Ü "quoted"\n' } },
});

describe('R91 the audit log', () => {
  let store: TestDatabase;
  let log: AuditLog;

  beforeAll(async () => {
    store = await openTestDatabase();
    log = new AuditLog(store.database);
  });
  afterAll(() => store.close());

  beforeEach(async () => {
    await tamper('TRUNCATE audit_log');
    await store.database.query(`UPDATE audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')`);
    for (const target of ['app_a', 'app_b', 'app_c', 'app_d']) await log.append(entry(target));
  });

  /** As somebody does who owns the tables: the append-only trigger is switched off first. */
  async function tamper(...statements: string[]): Promise<void> {
    await store.database.query('ALTER TABLE audit_log DISABLE TRIGGER USER');
    for (const sql of statements) await store.database.query(sql);
    await store.database.query('ALTER TABLE audit_log ENABLE TRIGGER USER');
  }

  it('is intact as written, and its head is the last entry', async () => {
    const [last] = await store.database.query<{ hash: Buffer }>('SELECT hash FROM audit_log WHERE seq = 4');
    expect(await verifyChain(store.database)).toEqual({ kind: 'intact', entries: 4, head: last?.hash.toString('hex') });
  });

  it.each([
    `UPDATE audit_log SET actor = 'nobody' WHERE seq = 3`,
    `UPDATE audit_log SET action = 'nothing' WHERE seq = 3`,
    `UPDATE audit_log SET target = 'app_x' WHERE seq = 3`,
    `UPDATE audit_log SET details = '{}' WHERE seq = 3`,
    `UPDATE audit_log SET at = at + interval '1 millisecond' WHERE seq = 3`,
    `UPDATE audit_log SET hash = sha256('x') WHERE seq = 3`,
    `UPDATE audit_log SET previous_hash = sha256('x') WHERE seq = 3`,
    `DELETE FROM audit_log WHERE seq = 3`,
  ])('detects %s', async (sql) => {
    await tamper(sql);
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'broken', seq: 3 });
  });

  it('detects a deletion whose gap was closed', async () => {
    await tamper('DELETE FROM audit_log WHERE seq = 2', 'UPDATE audit_log SET seq = seq - 1 WHERE seq > 2');
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'broken', seq: 2 });
  });

  it('detects two entries that changed places', async () => {
    await tamper(
      'UPDATE audit_log SET seq = seq + 10 WHERE seq IN (2, 3)',
      'UPDATE audit_log SET seq = CASE seq WHEN 12 THEN 3 ELSE 2 END WHERE seq > 10',
    );
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'broken', seq: 2 });
  });

  it('detects an end that was cut off, and an empty log that was not', async () => {
    await tamper('DELETE FROM audit_log WHERE seq = 4');
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'broken', seq: 4 });
    await tamper('TRUNCATE audit_log');
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'broken', seq: 1 });
  });

  it('detects an entry added past the head', async () => {
    await tamper(
      `INSERT INTO audit_log SELECT 5, at, actor, action, target, details, hash, sha256('x') FROM audit_log WHERE seq = 4`,
    );
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'broken', seq: 5 });
  });

  it.each([`UPDATE audit_log SET actor = 'x'`, 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
    'refuses %s',
    async (sql) => {
      await expect(store.database.query(sql)).rejects.toThrow('append-only');
    },
  );

  it('stays one chain under 1,100 appends over ten connections at once, more than one page of the check', async () => {
    await Promise.all(Array.from({ length: 1_100 }, (_, n) => log.append(entry(`app_${String(n)}`))));
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'intact', entries: 1_104 });
  });

  it('leaves no entry of a change that was rolled back', async () => {
    const change = store.database.transaction(async (query) => {
      await log.append(entry('app_never'), query);
      throw new Error('changed my mind');
    });
    await expect(change).rejects.toThrow('changed my mind');
    await log.append(entry('app_e'));
    expect(await verifyChain(store.database)).toMatchObject({ kind: 'intact', entries: 5 });
  });
});

it('R91 works the same on the embedded Postgres', async () => {
  const { database, close } = await openEmbeddedDatabase();
  const log = new AuditLog(database);
  await Promise.all(['app_a', 'app_b', 'app_c'].map((target) => log.append(entry(target))));
  expect(await verifyChain(database)).toMatchObject({ kind: 'intact', entries: 3 });
  await expect(database.query('DELETE FROM audit_log')).rejects.toThrow('append-only');
  await close();
});
