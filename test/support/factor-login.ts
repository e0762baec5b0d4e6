import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { generateSync } from '@otplib/totp';
import { randomBytes } from 'node:crypto';
import { bytesOf, newSecret } from './base32-secret.js';
import type { Answer } from './login.js';

const crypto = new NodeCryptoPlugin();
const PERIOD_SECONDS = 30;

const newSubject = () => `user-${randomBytes(6).toString('hex')}`;

/** What calls that are about factors answer besides. */
export interface FactorAnswer extends Answer {
  reason?: string;
  channel?: string;
  results?: { id: string }[];
  /** Of an enrolment, shown once. */
  secret?: string;
  /** Backup codes, shown once. */
  backupCodes?: string[] | null;
}

export interface How {
  /** Which process is asked. Default: the first. */
  at?: number;
  idempotencyKey?: string;
  /** Sent along as `Approval-Token`. */
  approvalToken?: string | undefined;
}

/** `POST` as an application's key calls it, wherever the service runs. */
export type Post = (path: string, body: unknown, how?: How) => Promise<{ status: number; body: FactorAnswer }>;

/** Somebody who has an authenticator app, and logs in with it. */
export class Holder {
  private constructor(
    private readonly post: Post,
    readonly subject: string,
    readonly factorId: string,
    private readonly secret: Buffer,
  ) {}

  /** Imported, so that no code of it was taken in yet. */
  static async of(post: Post, subject = newSubject()): Promise<Holder> {
    const secret = newSecret();
    const { body } = await post('/v1/factors/import', { factors: [{ subject, secret }] });
    const [imported] = body.results ?? [];
    if (!imported) throw new Error(`import: ${JSON.stringify(body)}`);
    return new Holder(post, subject, imported.id, bytesOf(secret));
  }

  /** Begins an enrolment: no factor yet. */
  static async enrolling(post: Post): Promise<Holder> {
    const subject = newSubject();
    const { body } = await post('/v1/factors', { subject });
    return new Holder(post, subject, body.id ?? '', bytesOf(body.secret ?? ''));
  }

  /** Ends the enrolment: it is a factor from then on. */
  activate(code: string, how: How = {}) {
    return this.post(`/v1/factors/${this.factorId}/activate`, { code }, how);
  }

  /** What the app shows so many steps from now; the window takes one to each side. */
  code(stepsLater = 0): string {
    const epoch = Math.floor(Date.now() / 1000) + PERIOD_SECONDS * stepsLater;
    return generateSync({ secret: this.secret, epoch, crypto });
  }

  /** A code that none of the next steps has: no guess with it can be right. */
  wrongCode(n = 0): string {
    const shown = [-2, -1, 0, 1, 2].map((step) => this.code(step));
    const free = Array.from({ length: shown.length + 1 }, (_, i) => String(100_000 + n * 10 + i));
    return free.find((code) => !shown.includes(code)) ?? '';
  }

  /** Begins a login. @returns the verification's id */
  async start(more: object = {}): Promise<string> {
    const { status, body } = await this.post('/v1/verifications', { subject: this.subject, ...more });
    if (status !== 202 || body.id === undefined) throw new Error(`start: ${String(status)} ${JSON.stringify(body)}`);
    return body.id;
  }

  check(id: string, code: string, how: How = {}, more: object = {}) {
    const body = { code, channel: 'totp', subject: this.subject, ...more };
    return this.post(`/v1/verifications/${id}/checks`, body, how);
  }

  /** Checks a code with no login begun. */
  checkAlone(code: string, how: How = {}, more: object = {}) {
    return this.post(`/v1/factors/${this.factorId}/checks`, { code, ...more }, how);
  }
}
