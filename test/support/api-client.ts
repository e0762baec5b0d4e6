import type { CallOptions, Reply } from './http-client.js';
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
  /** @param heard is told every answer. */
  constructor(
    private readonly key: string,
    private readonly heard: (answer: Reply<unknown>) => void = () => undefined,
  ) {}

  /** @param idempotencyKey names the request, so that it can be asked again when no answer came. */
  start(at: Service, to: To, more: object = {}, idempotencyKey?: string): Promise<Reply<Answer>> {
    return this.post(at, '/v1/verifications', { to, ...more }, idempotencyKey);
  }

  check(at: Service, id: string, code: string, idempotencyKey?: string, more: object = {}): Promise<Reply<Answer>> {
    return this.post(at, `/v1/verifications/${id}/checks`, { code, ...more }, idempotencyKey);
  }

  resend(at: Service, id: string): Promise<Reply<Answer>> {
    return this.post(at, `/v1/verifications/${id}/resend`, {});
  }

  cancel(at: Service, id: string): Promise<Reply<Answer>> {
    return this.post(at, `/v1/verifications/${id}/cancel`, {});
  }

  read(at: Service, id: string): Promise<Reply<Answer>> {
    return this.ask(at, 'GET', `/v1/verifications/${id}`);
  }

  /** Any call, for what no well-behaved client sends. */
  async ask(at: Service, method: string, path: string, options: CallOptions = {}): Promise<Reply<Answer>> {
    const answer = await at.call<Answer>(method, path, { key: this.key, ...options });
    this.heard(answer);
    return answer;
  }

  private post(at: Service, path: string, body: object, idempotencyKey?: string): Promise<Reply<Answer>> {
    const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    return this.ask(at, 'POST', path, { body, headers });
  }
}
