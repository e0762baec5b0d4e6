import type { Database } from '../../../src/platform/postgres/database.js';
import type { TestDatabase } from '../../support/postgres.js';
import { WholeService } from '../../support/whole-service.js';
import { ApplicationsService } from '../applications-app.js';

/** One ledger and one service for all suites; filled before the first test. */
export interface Stage {
  store: TestDatabase;
  service: ApplicationsService;
}

/**
 * The whole service on a port of its own: what webhooks tell of is everybody's.
 *
 * @param role `api`: what is due stays due.
 */
export async function startWebhooks(database: Database, role: 'all' | 'api'): Promise<ApplicationsService> {
  const { app } = await WholeService.start(database, undefined, role);
  await app.listen(0, '127.0.0.1');
  return new ApplicationsService(app, await app.getUrl());
}
