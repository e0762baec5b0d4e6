import type { Value } from 'smpp';
import type { ProviderContext } from '../../../application/provider-type.js';
import { UNREACHABLE } from '../outcomes/error-map.js';
import { AWAY, pauseMs, REFUSED, type Backoff } from './backoff.js';
import { bind, type BindKind, type Trouble } from './bind.js';
import { QUEUE_FULL, THROTTLED } from '../receipts/command-status.js';
import { dial } from './dial.js';
import { LinkWatch } from './link-watch.js';
import type { Pdu } from './pdu.js';
import { serve } from './serve.js';
import { Session, type Answer, type RequestOptions } from './session.js';
import type { SmppConfig } from './smpp-options.js';
import { Window } from './window.js';

/** A link that held at least so long was a good one: the next failure is a first one again. */
const PROVEN_MS = 10_000;
const UNBIND_MS = 1_000;

/** What a link tells, and whom it asks about what the SMSC delivers. */
export interface LinkSurroundings extends Pick<ProviderContext, 'limits' | 'log'> {
  /** Something may go now that could not before, or the other way round. */
  changed: () => void;
  /** Takes a `deliver_sm` or `data_sm` and gives the `command_status` of the answer. Never throws. */
  receive: (pdu: Pdu) => Promise<number>;
}

/** One bind to the SMSC: opened, watched, and opened again whenever it is lost, ever more slowly. */
export class Link {
  readonly window: Window;
  /** Why there is no link, by the last try; null while there is one, and before the first try has ended. */
  trouble: Trouble | null = null;
  /** Whether the SMSC has let us in, and nobody has said goodbye since. */
  bound = false;
  private session: Session | null = null;
  private watch: LinkWatch | null = null;
  private boundAt = 0;
  /** In a row, of the kind that backs off so. */
  private failures = 0;
  private backoff: Backoff = AWAY;
  private retryAt = Infinity;
  private retry: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    readonly kind: BindKind,
    private readonly config: SmppConfig,
    private readonly around: LinkSurroundings,
  ) {
    this.window = new Window(config.window);
  }

  get isFree(): boolean {
    return this.bound && this.session?.isWritable === true && this.window.hasRoom;
  }

  /** The earliest moment at which it may take a message, by `performance.now`; nothing is promised. */
  get hopeAt(): number {
    if (this.closing) return Infinity;
    if (this.bound) return performance.now() + this.window.pauseMs;
    return this.trouble ? this.retryAt : performance.now();
  }

  /** By `performance.now`; a moment that is over while the next try is being made. */
  get triedAgainAt(): number {
    return this.retryAt;
  }

  open(): void {
    this.retryAt = performance.now();
    void this.connect();
  }

  /** Only when it is free. The message counts as written from here on: what is lost now may have arrived. */
  async submit(fields: Readonly<Record<string, Value>>, options: RequestOptions): Promise<Answer> {
    const { session } = this;
    if (!session) return { kind: 'lost' };
    this.window.inFlight += 1;
    const answer = await session.request('submit_sm', fields, options);
    this.window.inFlight -= 1;
    if (answer.kind === 'answered') this.pace(answer.pdu.status);
    // Nobody answers: perhaps nobody is there any more.
    if (answer.kind === 'silent') void this.watch?.enquire();
    this.around.changed();
    return answer;
  }

  /**
   * Lets what is in flight be answered, says goodbye, closes.
   *
   * @param stored takes no more receipts, and is fulfilled when those that came are stored or have had time enough.
   */
  async close(stored: () => Promise<void>): Promise<void> {
    this.closing = true;
    clearTimeout(this.retry);
    const { session } = this;
    if (!session) return;
    this.bound = false;
    const patience = performance.now() + this.around.limits.totalMs;
    while (this.window.inFlight > 0 && performance.now() < patience) await new Promise((next) => setTimeout(next, 10));
    await stored();
    await session.request('unbind', {}, { withinMs: UNBIND_MS });
    session.destroy('closed');
  }

  private async connect(): Promise<void> {
    const { limits, receive } = this.around;
    const socket = await dial(this.config, limits.connectMs);
    if (typeof socket === 'string') {
      this.fail({ refused: UNREACHABLE, detail: socket });
      return;
    }
    const session = new Session(socket, {
      request: (pdu) => {
        serve(session, pdu, { receive, dismissed: () => (this.bound = false) });
      },
      lost: (why) => {
        if (this.session === session) this.lost(why);
      },
    });
    socket.on('drain', this.around.changed);
    const trouble = this.closing ? null : await bind(session, this.kind, this.config, limits.totalMs);
    if (!trouble && !this.closing) {
      this.begin(session);
      return;
    }
    session.destroy('not bound');
    if (trouble) this.fail(trouble);
  }

  private begin(session: Session): void {
    this.session = session;
    this.trouble = null;
    this.bound = true;
    this.boundAt = performance.now();
    this.watch = new LinkWatch(session, this.config.enquireLinkSeconds, this.around.limits.totalMs);
    this.around.log.info('provider.link-bound', { bind: this.kind });
    this.around.changed();
  }

  private lost(why: string): void {
    this.session = null;
    this.bound = false;
    this.watch?.stop();
    if (performance.now() - this.boundAt > PROVEN_MS) this.failures = 0;
    if (!this.closing) this.fail({ refused: UNREACHABLE, detail: why });
  }

  private fail(trouble: Trouble): void {
    if (this.closing) return;
    const backoff = trouble.refused === UNREACHABLE ? AWAY : REFUSED;
    // Being away for a minute says nothing of how long it will refuse.
    this.failures = backoff === this.backoff ? this.failures + 1 : 1;
    this.backoff = backoff;
    const inMs = pauseMs(backoff, this.failures);
    this.trouble = trouble;
    this.retryAt = performance.now() + inMs;
    this.retry = setTimeout(() => {
      this.open();
    }, inMs);
    this.around.log.warn('provider.link-down', { bind: this.kind, why: trouble.detail, againInMs: inMs });
    this.around.changed();
  }

  private pace(status: number): void {
    if (status !== THROTTLED && status !== QUEUE_FULL) {
      this.window.taken();
      return;
    }
    this.window.throttled();
    setTimeout(this.around.changed, this.window.pauseMs);
  }
}
