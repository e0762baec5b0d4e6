import type { ConsumedBody } from '../../src/tokens/http/consume.schema.js';
import type { Deployment } from './deployment.js';
import type { Reply } from './http-client.js';
import type { CallAt } from './login.js';

/** What the call answers: what was approved, or a problem. */
export type Consumed = Partial<ConsumedBody> & {
  code?: string;
  reason?: string;
  mismatched?: string[];
  status?: number;
};

/** `POST /v1/tokens/consume`, whatever comes of it. */
export function consume(
  deployment: Deployment,
  body: unknown,
  { at, idempotencyKey, tenant = deployment.tenant }: CallAt = {},
): Promise<Reply<Consumed>> {
  const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  return deployment.service(at).call('POST', '/v1/tokens/consume', { key: tenant.key, body, headers });
}
