import type { Reply } from './http-client.js';
import type { Service } from './service.js';

/** The members of any answer that the suites about faults look at. */
export interface Answer {
  id: string;
  status: string | number;
  code?: string;
  reason?: string;
  token?: string;
  attemptsLeft: number;
  deliveries: { channel: string; status: string }[];
  timeline: { event: string; detail?: string }[];
}

export interface To {
  phone?: string;
  email?: string;
}

/** The HTTP API as an application's server calls it, on whichever process. */
export class ApiClient {
  constructor(private readonly key: string) {}

  /** @param idempotencyKey names the request, so that it can be asked again when no answer came. */
  start(at: Service, to: To, more: object = {}, idempotencyKey?: string): Promise<Reply<Answer>> {
    return this.post(at, '/v1/verifications', { to, ...more }, idempotencyKey);
  }

  check(at: Service, id: string, code: string, idempotencyKey?: string): Promise<Reply<Answer>> {
    return this.post(at, `/v1/verifications/${id}/checks`, { code }, idempotencyKey);
  }

  resend(at: Service, id: string): Promise<Reply<Answer>> {
    return this.post(at, `/v1/verifications/${id}/resend`, {});
  }

  cancel(at: Service, id: string): Promise<Reply<Answer>> {
    return this.post(at, `/v1/verifications/${id}/cancel`, {});
  }

  read(at: Service, id: string): Promise<Reply<Answer>> {
    return at.call<Answer>('GET', `/v1/verifications/${id}`, { key: this.key });
  }

  private post(at: Service, path: string, body: object, idempotencyKey?: string): Promise<Reply<Answer>> {
    const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    return at.call<Answer>('POST', path, { key: this.key, body, headers });
  }
}
