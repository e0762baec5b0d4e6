import { inject, expect, it } from 'vitest';
import { ApiKeyEntity } from '../../src/applications/api-key.entity.js';
import { ApplicationEntity } from '../../src/applications/application.entity.js';
import { AuditEntryEntity } from '../../src/audit/audit-entry.entity.js';
import { AuditHeadEntity } from '../../src/audit/audit-head.entity.js';
import { dataSource } from '../../src/platform/postgres/data-source.js';
import { openTestDatabase } from '../support/postgres.js';

it('the entities of applications and audit are what the migrations make', async () => {
  const { database, close } = await openTestDatabase();
  const [{ schema } = { schema: '' }] = await database.query<{ schema: string }>('SELECT current_schema() AS schema');
  const source = await dataSource({
    target: { url: inject('postgresUrl') },
    entities: [ApplicationEntity, ApiKeyEntity, AuditEntryEntity, AuditHeadEntity],
    migrations: [],
    poolSize: 1,
    schema,
  }).initialize();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
  await source.destroy();
  await close();
});
