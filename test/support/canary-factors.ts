import { randomBytes, randomUUID } from 'node:crypto';
import type { ApiClient } from './api-client.js';
import { brokenChecks } from './broken-clients.js';
import type { Canaries } from './canaries.js';
import type { FactorAnswer } from './factor-login.js';
import { insist } from './insist.js';
import type { Installation } from './installation.js';
import { inBase32, oathCode } from './oathtool.js';
import type { Service } from './service.js';

interface Enrolment extends FactorAnswer {
  secret?: string;
  backupCodes?: string[] | null;
}

/** People with authenticators and backup codes, who use them in every way; what they have is noted as what must be found nowhere. */
export class CanaryFactors {
  /** @param client whose answers are looked at: it asks nothing that a secret is shown for. */
  constructor(
    private readonly shop: Installation,
    private readonly client: ApiClient,
    private readonly canaries: Canaries,
    private readonly someService: () => Service,
  ) {}

  async run(): Promise<void> {
    const subject = `user-${randomUUID()}`;
    const [code = '', other = ''] = await this.enrol(subject);
    const started = await this.ask('/v1/verifications', { subject, channels: ['backup-code', 'totp'] });
    const id = started.body.id;
    const guess = 'MZXW6YTBOI2DG';
    this.canaries.add('a guess', guess);
    for (const typed of [guess, other])
      await this.ask(`/v1/verifications/${id}/checks`, { code: typed, channel: 'totp', subject });
    await this.ask(`/v1/verifications/${id}/checks`, { code: guess, channel: 'backup-code', subject });
    for (const { method, path, ...options } of brokenChecks(id, other))
      await insist(this.someService, (at) => this.client.ask(at, method, path, options));
    const { body } = await this.ask(`/v1/verifications/${id}/checks`, { code, channel: 'backup-code', subject });
    if (body.token !== undefined) this.canaries.add('a token', body.token);
    await insist(this.someService, (at) => this.client.read(at, id));
    await this.bringAlong(subject);
  }

  /** @returns backup codes */
  private async enrol(subject: string): Promise<string[]> {
    const begun = await this.askForSecrets('/v1/factors', { subject, label: 'Phone' });
    const { id = '', secret = '' } = begun.body;
    this.canaries.add('a seed', secret);
    const code = await oathCode({ secret });
    const { body } = await this.askForSecrets(`/v1/factors/${id}/activate`, { code });
    const codes =
      body.backupCodes ?? (await this.askForSecrets('/v1/factors/backup-codes', { subject })).body.backupCodes ?? [];
    this.canaries.add('a backup code', ...codes, ...codes.map((grouped) => grouped.replaceAll('-', '')));
    return codes;
  }

  /** One that was enrolled elsewhere; and others that can not be taken over, of which the answer says why. */
  private async bringAlong(subject: string): Promise<void> {
    const seed = randomBytes(20);
    const secret = await inBase32(seed);
    this.canaries.add('a seed', secret, seed.toString('latin1'), seed.toString('base64'));
    const uri = `otpauth://totp/Shop:${subject}?secret=${secret}`;
    const refused = [
      { subject, secret: `${secret}!` },
      { subject, uri: `${uri}&period=5` },
      { subject, uri: secret },
    ];
    await this.ask('/v1/factors/import', { factors: [{ subject, secret }, ...refused] });
    await this.ask('/v1/factors/import', { factors: [{ subject, secret: [secret] }] });
    const path = `/v1/factors/${encodeURIComponent(secret)}`;
    await insist(this.someService, (at) => this.client.ask(at, 'GET', path));
  }

  private ask(path: string, body: object) {
    return insist(this.someService, (at) => this.client.ask(at, 'POST', path, { body }));
  }

  private askForSecrets(path: string, body: object): Promise<{ status: number; body: Enrolment }> {
    return insist(this.someService, (at) => at.call<Enrolment>('POST', path, { key: this.shop.key, body }));
  }
}
