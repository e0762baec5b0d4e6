import { Injectable } from '@nestjs/common';
import type { Channel } from '../shared/channel.js';

/** A message the sandbox took instead of a phone or a mailbox. */
export interface InboxMessage {
  /** The send attempt's id. */
  id: string;
  verificationId: string;
  channel: Channel;
  to: string;
  text: string;
  /** What the carrier does with it: `delivered`, `failed`, `silent` … */
  outcome: string;
  /** ISO 8601. */
  at: string;
}

/** Which messages; what is absent does not narrow. `after`: only those that came after the one with this id. */
export interface InboxFilter {
  verificationId?: string | undefined;
  to?: string | undefined;
  after?: string | undefined;
}

const CAPACITY = 10_000;

/** The last messages of this process, in memory only: their texts carry codes, which rest nowhere else (R7). */
@Injectable()
export class Inbox {
  private readonly messages: InboxMessage[] = [];

  add(message: InboxMessage): void {
    this.messages.push(message);
    if (this.messages.length > CAPACITY) this.messages.shift();
  }

  /** Oldest first. An `after` that has fallen out of the list narrows nothing: better twice than never. */
  list({ verificationId, to, after }: InboxFilter = {}): InboxMessage[] {
    const start = after === undefined ? 0 : this.messages.findLastIndex(({ id }) => id === after) + 1;
    return this.messages
      .slice(start)
      .filter((message) => verificationId === undefined || message.verificationId === verificationId)
      .filter((message) => to === undefined || message.to === to);
  }
}
