import type { Value } from 'smpp';
import { THROTTLED, UNREACHABLE, type Refused } from '../outcomes/error-map.js';
import { Link, type LinkSurroundings } from './link.js';
import type { Answer, RequestOptions } from './session.js';
import type { SmppConfig } from './smpp-options.js';

/** What came of a message; `not-sent` is certain. */
export type Sent = Answer | { kind: 'not-sent'; refused: Refused; detail: string; retryAfterSeconds?: number };

export interface SendOptions {
  /** Until when it may wait for its turn, and for its answer; by `performance.now`. */
  sendBy: number;
  answerBy: number;
  late?: RequestOptions['late'];
}

interface Waiting {
  fields: Readonly<Record<string, Value>>;
  options: SendOptions;
  settle: (sent: Sent | Promise<Sent>) => void;
  timer: NodeJS.Timeout;
}

/** All binds to one SMSC, and the line of messages that wait for one of them to be free. */
export class Links {
  private readonly senders: Link[];
  private readonly receivers: Link[];
  /** In the order in which they came. */
  private readonly line = new Set<Waiting>();
  private state: 'new' | 'open' | 'closed' = 'new';

  constructor(config: SmppConfig, around: Omit<LinkSurroundings, 'changed'>) {
    const surroundings = {
      ...around,
      changed: () => {
        this.serve();
      },
    };
    const link = (kind: Link['kind']) => () => new Link(kind, config, surroundings);
    const separate = config.bind === 'separate';
    this.senders = Array.from({ length: config.binds }, link(separate ? 'transmitter' : 'transceiver'));
    this.receivers = separate ? Array.from({ length: config.binds }, link('receiver')) : [];
  }

  /** Whether messages can go, now or after a short pause. */
  get anyBound(): boolean {
    return this.senders.some(({ bound }) => bound);
  }

  /** Why messages can not go and when the next try is (`performance.now`); null while they can. */
  get downBecause(): { detail: string; triedAgainAt: number } | null {
    if (this.state !== 'open' || this.anyBound) return null;
    const next = this.senders.reduce((a, b) => (a.triedAgainAt <= b.triedAgainAt ? a : b));
    return { detail: next.trouble?.detail ?? 'not bound yet', triedAgainAt: next.triedAgainAt };
  }

  open(): void {
    if (this.state !== 'new') return;
    this.state = 'open';
    for (const link of [...this.senders, ...this.receivers]) link.open();
  }

  /** Sends a `submit_sm` over the link with the least to do, as soon as one is free. Never throws. */
  send(fields: Readonly<Record<string, Value>>, options: SendOptions): Promise<Sent> {
    this.open();
    return new Promise((settle) => {
      const timer = setTimeout(() => {
        this.line.delete(waiting);
        settle(this.whyNot());
      }, options.sendBy - performance.now());
      const waiting: Waiting = { fields, options, settle, timer };
      this.line.add(waiting);
      this.serve();
    });
  }

  /** @param stored takes no more receipts, and is fulfilled when those that came are stored or have had time enough. */
  async close(stored: () => Promise<void>): Promise<void> {
    this.state = 'closed';
    this.serve();
    await Promise.all([...this.senders, ...this.receivers].map((link) => link.close(stored)));
  }

  private serve(): void {
    for (const waiting of this.line) {
      const link = this.freeLink();
      if (!link && this.mayHope(waiting.options.sendBy)) return;
      this.line.delete(waiting);
      clearTimeout(waiting.timer);
      waiting.settle(link ? this.over(link, waiting) : this.whyNot());
    }
  }

  private over(link: Link, { fields, options }: Waiting): Promise<Sent> {
    const { answerBy, late } = options;
    return link.submit(fields, { withinMs: answerBy - performance.now(), ...(late && { late }) });
  }

  private freeLink(): Link | undefined {
    return this.senders
      .filter(({ isFree }) => isFree)
      .reduce<Link | undefined>((a, b) => (a && a.window.inFlight <= b.window.inFlight ? a : b), undefined);
  }

  private mayHope(until: number): boolean {
    return this.state === 'open' && this.senders.some(({ hopeAt }) => hopeAt <= until);
  }

  /** Nobody answers for it to have been too much, or nobody was there at all. */
  private whyNot(): Sent {
    const bound = this.senders.filter((link) => link.bound);
    if (bound.length > 0) {
      const pauseMs = Math.min(...bound.map(({ window }) => window.pauseMs));
      if (pauseMs === 0) return { kind: 'not-sent', refused: THROTTLED, detail: 'window full' };
      const retryAfterSeconds = Math.ceil(pauseMs / 1_000);
      return { kind: 'not-sent', refused: THROTTLED, detail: 'paused', retryAfterSeconds };
    }
    const trouble = this.senders.find((link) => link.trouble)?.trouble;
    return { kind: 'not-sent', ...(trouble ?? { refused: UNREACHABLE, detail: 'not bound' }) };
  }
}
