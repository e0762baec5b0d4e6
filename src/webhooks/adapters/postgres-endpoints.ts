import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { Database, type Query } from '../../platform/postgres/database.js';
import { changedMeanwhile, notFound } from '../../shared/refusals.js';
import {
  EndpointLedger,
  type Endpoint,
  type EndpointChange,
  type EndpointKeeper,
  type NewEndpoint,
  type SecretChange,
} from '../application/endpoint-ledger.js';
import { secretAlreadyRotated, tooManyEndpoints } from '../application/endpoint-refusals.js';
import * as sql from './endpoint-sql.js';

/** The endpoints in Postgres. What is audited never has a secret, sealed or not. */
@Injectable()
export class PostgresEndpoints extends EndpointLedger {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {
    super();
  }

  list(applicationId: string): Promise<Endpoint[]> {
    return this.database.query<Endpoint>(sql.LIST, [applicationId]);
  }

  async find(applicationId: string, id: string): Promise<Endpoint> {
    return the(await this.database.query<Endpoint>(sql.FIND, [applicationId, id]));
  }

  add(keeper: EndpointKeeper, endpoint: NewEndpoint, most: number): Promise<Endpoint> {
    const { id, url, description, events, signature, secret, imported } = endpoint;
    return this.database.transaction(async (query) => {
      const [application] = await query(sql.LOCK_APPLICATION, [keeper.applicationId]);
      if (!application) throw notFound('application');
      const [{ count } = { count: most }] = await query<{ count: number }>(sql.COUNT, [keeper.applicationId]);
      if (count >= most) throw tooManyEndpoints(most);
      const values = [url, description, events, signature, secret.sealed, secret.publicKey];
      const made = the(await query<Endpoint>(sql.ADD, [id, keeper.applicationId, ...values]));
      await this.append(keeper, { action: 'created', id, after: told(made), ...(imported && { imported }) }, query);
      return made;
    });
  }

  replace(keeper: EndpointKeeper, to: EndpointChange): Promise<Endpoint> {
    const { id, url, description, events, enabled, version } = to;
    return this.database.transaction(async (query) => {
      const before = the(await query<Endpoint>(sql.FIND_TO_CHANGE, [keeper.applicationId, id]));
      if (before.version !== version) throw changedMeanwhile(before.version);
      const values = [keeper.applicationId, id, url, description, events, enabled];
      const after = the(await query<Endpoint>(sql.REPLACE, values));
      await this.append(keeper, { action: 'changed', id, before: told(before), after: told(after) }, query);
      return after;
    });
  }

  remove(keeper: EndpointKeeper, id: string): Promise<void> {
    return this.database.transaction(async (query) => {
      // Messages before their endpoint, as whoever settles one locks them: the other way round, each would wait for the other.
      await query(sql.FORGET_OWED, [keeper.applicationId, id]);
      const before = the(await query<Endpoint>(sql.FIND_TO_CHANGE, [keeper.applicationId, id]));
      await query(sql.REMOVE, [keeper.applicationId, id]);
      await query(sql.FORGET_OWED_MEANWHILE, [keeper.applicationId, id]);
      await this.append(keeper, { action: 'deleted', id, before: told(before) }, query);
    });
  }

  changeSecret(keeper: EndpointKeeper, { id, secret, imported, overlapHours }: SecretChange): Promise<Endpoint> {
    return this.database.transaction(async (query) => {
      const { oldSecretUntil } = the(await query<Endpoint>(sql.FIND_TO_CHANGE, [keeper.applicationId, id]));
      if (oldSecretUntil !== null && overlapHours > 0) throw secretAlreadyRotated(oldSecretUntil);
      const values = [keeper.applicationId, id, secret.sealed, secret.publicKey, overlapHours];
      const after = the(await query<Endpoint>(sql.CHANGE_SECRET, values));
      await this.append(keeper, { action: 'secret-rotated', id, overlapHours, ...(imported && { imported }) }, query);
      return after;
    });
  }

  private append(
    { applicationId, actor }: EndpointKeeper,
    { action, id, ...details }: { action: string; id: string; [detail: string]: unknown },
    query: Query,
  ): Promise<void> {
    const entry = { actor, action: `webhook.${action}`, target: id, details: { applicationId, ...details } };
    return this.audit.append(entry, query);
  }
}

/** @throws 404 `not-found` where there is none. */
function the([endpoint]: Endpoint[]): Endpoint {
  if (!endpoint) throw notFound('endpoint');
  return endpoint;
}

const told = ({ url, description, events, signature, enabled, disabledBecause }: Endpoint) => ({
  ...{ url, description, events, signature, enabled, disabledBecause },
});
