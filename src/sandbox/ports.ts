import type { Channel } from '../shared/channel.js';

/**
 * The four calls of a login, made as the first application, for a page that has no API key. Every answer is the body that
 * the same call of the HTTP API gives; refusals are the same `DomainError`s.
 */
export abstract class TryIt {
  /** `POST /v1/verifications`; at least one of the two addresses. */
  abstract start(to: { phone?: string; email?: string }): Promise<unknown>;
  /** `POST /v1/verifications/{id}/checks`. */
  abstract check(id: string, code: string): Promise<unknown>;
  /** `POST /v1/verifications/{id}/resend`, over the same channel when none is named. */
  abstract resend(id: string, channel?: Channel): Promise<unknown>;
  /** `GET /v1/verifications/{id}`. */
  abstract read(id: string): Promise<unknown>;
}
