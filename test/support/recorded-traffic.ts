import type { Dimensions, Limiter, LimitDecision, LimitOn, TakeOptions } from '../../src/limits/application/limiter.js';
import type { Clock } from '../../src/shared/clock.js';
import type { VerificationRow } from './verification-rows.js';

interface Begun {
  id: string;
  dimensions: Dimensions;
  row: VerificationRow;
}

/** A crowd that starts, resends and guesses, the same for every application, as the service asks the limiter for it. */
export class RecordedTraffic {
  attempts = 0;
  refused = 0;
  readonly refusedByRule: Record<string, number> = {};
  readonly verifications: VerificationRow[] = [];
  private readonly begun = new Map<number, Begun>();
  private readonly refusals: { atMs: number; rules: string[] }[] = [];
  private readonly refusedRecipients = new Set<string>();

  constructor(
    private readonly limiter: Limiter,
    private readonly applicationId: string,
    private readonly clock: Clock,
  ) {}

  get recipientsRefused(): number {
    return this.refusedRecipients.size;
  }

  timesRefusedBy(rule: string): number[] {
    return this.refusals.filter(({ rules }) => rules.includes(rule)).map(({ atMs }) => atMs);
  }

  /** The n-th thing that somebody does: what it is, and to which verification, depends on nothing but its number. */
  async step(n: number): Promise<void> {
    const which = n % 8;
    const begun = this.begun.get(n - which + (n % 3));
    if (which < 3) await this.start(n);
    else if (which === 3) await this.send(n, begun, { cooldown: false });
    else if (which === 4) await this.send(n, begun, { cooldown: true });
    else await this.guess(n, begun);
  }

  private async start(n: number): Promise<void> {
    const { applicationId } = this;
    const dimensions = {
      ...{ applicationId, recipient: `${applicationId}-r${String(n)}`, country: 'DE', apiKey: 'key' },
      // Every eleventh end user’s address is not told.
      ...(n % 11 > 0 && { ip: `198.51.100.${String(n % 15)}` }),
      ...(n % 3 > 0 && { subject: `${applicationId}-s${String(n % 31)}` }),
    };
    const id = `ver_${applicationId}_${String(n)}`;
    const row: VerificationRow = { id, applicationId, status: 'expired', country: 'DE' };
    if (!(await this.send(n, { id, dimensions, row }, { cooldown: true }))) return;
    this.begun.set(n, { id, dimensions, row });
    this.verifications.push(row);
  }

  private async send(n: number, begun: Begun | undefined, { cooldown }: { cooldown: boolean }): Promise<boolean> {
    if (!begun) return false;
    const { applicationId, recipient, subject } = begun.dimensions;
    const options = { cooldown, unlessLocked: { applicationId, recipient, subject }, verificationId: begun.id };
    const sent = await this.take('send', `dlv_${begun.id}_${String(n)}`, begun.dimensions, options);
    if (sent && n % 17 === 0)
      await this.limiter.refund('send', `dlv_${begun.id}_${String(n)}`, begun.dimensions, options);
    return sent;
  }

  private async guess(n: number, begun: Begun | undefined): Promise<void> {
    if (!begun) return;
    const asker = { ...begun.dimensions, recipient: undefined };
    const reservation = `gss_${begun.id}_${String(n)}`;
    const options = { verificationId: begun.id };
    if (!(await this.take('check', reservation, asker, options))) return;
    const guessedAt = n % 7 < 3 ? this.aFactor(n) : begun.dimensions;
    if (!(await this.take('failed-check', reservation, guessedAt, options))) return;
    if (n % 5 === 0) return;
    await this.limiter.succeeded(reservation, guessedAt, options);
    begun.row.status = 'approved';
  }

  private aFactor(n: number): Dimensions {
    const { applicationId } = this;
    return { applicationId, apiKey: 'key', factor: `${applicationId}-f${String(n % 3)}` };
  }

  private async take(on: LimitOn, act: string, dimensions: Dimensions, options: TakeOptions): Promise<boolean> {
    const decision = await this.limiter.take(on, act, dimensions, options);
    this.attempts += 1;
    if (decision.kind === 'refused') this.tell(decision, dimensions);
    return decision.kind === 'allowed';
  }

  private tell({ rules }: Extract<LimitDecision, { kind: 'refused' }>, { recipient }: Dimensions): void {
    this.refused += 1;
    this.refusals.push({ atMs: this.clock.now(), rules });
    if (recipient !== undefined) this.refusedRecipients.add(recipient);
    for (const rule of rules) this.refusedByRule[rule] = (this.refusedByRule[rule] ?? 0) + 1;
  }
}
