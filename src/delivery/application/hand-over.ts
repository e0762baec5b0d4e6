import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { observe, observed, secondsSince } from '../../shared/observations.js';
import { reached } from '../../shared/steps.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import type { SmsSize } from '../domain/sms-text.js';
import { Callbacks } from './callbacks.js';
import type { DueDelivery } from './ledger.js';
import { MessageSource, type Claim } from './ports.js';
import type { Provider, SubmitRequest } from './provider.js';
import { messageSize } from './message-size.js';
import { ProviderSwitches } from './provider-switches.js';

export type HandedOver =
  | { kind: 'submitted'; outcome: SubmitOutcome; size: SmsSize | null }
  /** The source does not want it sent. */
  | Extract<Claim, { kind: 'stop' }>
  /** The text could not be made in time; nothing was sent. */
  | { kind: 'too-late' }
  /** The provider was switched off meanwhile; nothing was sent. */
  | { kind: 'switched-off' };

/** The longest a provider takes, and a second for recording what it said. */
const NEEDED_MS = 6_000;

/** Asks the source for the text and gives it to a provider: the only place where a message's text is seen. */
@Injectable()
export class HandOver {
  constructor(
    private readonly source: MessageSource,
    private readonly callbacks: Callbacks,
    private readonly clock: Clock,
    private readonly switches: ProviderSwitches,
  ) {}

  /**
   * @param due begun, so that a crash from here on is known to be ambiguous.
   * @throws what the source throws; nothing was sent then.
   */
  async execute(due: DueDelivery, attemptId: string, provider: Provider): Promise<HandedOver> {
    const { messageId, channel } = due;
    const claim = await this.source.claim({ id: due.id, messageId, channel, origin: due.origin });
    if (claim.kind === 'stop') return claim;
    // A process that was stopped or starved meanwhile may have lost the delivery: others count it as sent already.
    if (this.clock.now() + NEEDED_MS > due.leaseEndsAtMs) return { kind: 'too-late' };
    // Asked last: making the text takes long when many are waiting, and a provider that is off gets nothing more.
    if (!this.switches.isOn(provider.id)) return { kind: 'switched-off' };
    const { callUrl, ...reports } = this.callbacks.of(provider.id, attemptId);
    const asking = claim.message.keyPress === true ? { keyPressUrl: callUrl } : {};
    const beganAt = performance.now();
    const outcome = await submit(provider, { attemptId, messageId, channel, ...reports, ...asking, ...claim.message });
    if (observed()) tellSubmitted(due, provider, outcome, secondsSince(beganAt));
    reached('dispatch:provider-answered');
    return { kind: 'submitted', outcome, size: sizeOf(outcome) ?? messageSize(channel, claim.message.text) };
  }

  /** The provider did not take it: what its text carried is forgotten. Fails quietly, since nobody has the text. */
  async withdraw(due: DueDelivery): Promise<void> {
    await this.source.withdraw({ id: due.id, messageId: due.messageId }).catch(() => undefined);
  }

  /**
   * No provider has taken it, and not for its recipient's sake: what it was counted for is given back. Fails quietly: what stays
   * counted leaves its windows by itself.
   */
  async cameToNothing({ id, messageId, channel, origin }: DueDelivery): Promise<void> {
    await this.source.cameToNothing({ id, messageId, channel, origin }).catch(() => undefined);
  }
}

function tellSubmitted(
  { channel, country }: DueDelivery,
  provider: Provider,
  outcome: SubmitOutcome,
  seconds: number,
): void {
  const told = outcome.kind === 'refused' ? outcome.failure : outcome.kind;
  observe({ kind: 'message-submitted', way: { channel, provider: provider.id, country }, outcome: told, seconds });
}

const sizeOf = (outcome: SubmitOutcome): SmsSize | undefined => (outcome.kind === 'refused' ? undefined : outcome.size);

/** A provider never throws; should one do so all the same, nobody knows how far it got. */
async function submit(provider: Provider, request: SubmitRequest): Promise<SubmitOutcome> {
  try {
    return await provider.submit(request);
  } catch {
    return { kind: 'ambiguous', detail: 'the adapter failed' };
  }
}
