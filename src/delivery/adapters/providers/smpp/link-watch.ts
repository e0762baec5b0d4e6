import type { Session } from './session.js';

/**
 * Asks the SMSC whether it is there when it has been quiet for long, and ends the link when it stays quiet. Anything it says is an
 * answer: some do not know the question.
 */
export class LinkWatch {
  private readonly timer: NodeJS.Timeout;
  private asking = false;

  /** @param everySeconds how long it may be quiet; `withinMs`: how long it may take to answer. */
  constructor(
    private readonly session: Pick<Session, 'heardAt' | 'request' | 'destroy'>,
    everySeconds: number,
    private readonly withinMs: number,
  ) {
    const everyMs = everySeconds * 1_000;
    this.timer = setInterval(() => {
      // A little less, so that one that answered the last time is not let off this time.
      if (performance.now() - session.heardAt > everyMs * 0.9) void this.enquire();
    }, everyMs);
  }

  async enquire(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    const askedAt = performance.now();
    const answer = await this.session.request('enquire_link', {}, { withinMs: this.withinMs });
    this.asking = false;
    if (answer.kind === 'silent' && this.session.heardAt < askedAt) this.session.destroy('enquire_link unanswered');
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
