import { Injectable } from '@nestjs/common';
import type { SubmitRequest } from '../delivery/application/provider.js';
import type { SubmitOutcome } from '../delivery/domain/outcome.js';
import { Clock } from '../shared/clock.js';
import { Inbox, type InboxMessage } from './inbox.js';
import { outcomeFor, SOON_MS } from './outcomes.js';
import { ReportCallbacks } from './report-callbacks.js';

const MOST_REMEMBERED = 10_000;

const THROTTLED: SubmitOutcome = {
  kind: 'refused',
  failure: 'throttled',
  cause: 'provider',
  detail: 'throttled',
  retryAfterSeconds: 1,
};
const REJECTED: SubmitOutcome = { kind: 'refused', failure: 'rejected', cause: 'other', detail: 'rejected' };

/** The make-believe gateway: takes messages into the inbox and reports about them as their recipient's address scripts it. */
@Injectable()
export class Carrier {
  /** Addresses that were throttled and whose next message is taken. */
  private readonly throttled = new Set<string>();

  constructor(
    private readonly inbox: Inbox,
    private readonly callbacks: ReportCallbacks,
    private readonly clock: Clock,
  ) {}

  /** What is refused does not reach the inbox: nobody would have got it, and its code is worth nothing. */
  take(request: SubmitRequest): SubmitOutcome {
    const { attemptId, channel, to } = request;
    const outcome = outcomeFor(channel, to);
    if (outcome.submit === 'rejected') return REJECTED;
    if (this.callbacks.full || (outcome.submit === 'throttled' && this.isFirst(to))) return THROTTLED;
    this.arrived(request, { id: attemptId, text: request.text, outcome: outcome.name });
    const { keyPressUrl } = request;
    if (keyPressUrl !== undefined && outcome.listens) this.press(keyPressUrl, request, outcome.name);
    else this.callbacks.schedule(request.reportUrl, outcome.reports);
    return { kind: 'accepted', providerMessageId: `sandbox-${attemptId}` };
  }

  /** Whoever answers presses the key, and hears what the call is about. */
  private press(keyPressUrl: string, request: SubmitRequest, outcome: string): void {
    this.callbacks.ask(keyPressUrl, { afterMs: SOON_MS, body: { digits: '1' } }, (text) => {
      if (text !== '') this.arrived(request, { id: `${request.attemptId}-key`, text, outcome });
    });
  }

  private arrived(
    { messageId: verificationId, channel, to }: SubmitRequest,
    message: Pick<InboxMessage, 'id' | 'text' | 'outcome'>,
  ): void {
    this.inbox.add({ ...message, verificationId, channel, to, at: new Date(this.clock.now()).toISOString() });
  }

  private isFirst(to: string): boolean {
    if (this.throttled.delete(to)) return false;
    if (this.throttled.size >= MOST_REMEMBERED) this.throttled.clear();
    this.throttled.add(to);
    return true;
  }
}
