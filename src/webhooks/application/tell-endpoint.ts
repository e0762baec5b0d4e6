import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { observe, observed } from '../../shared/observations.js';
import { Random } from '../../shared/random.js';
import { reached } from '../../shared/steps.js';
import { judgeAnswer, type Answer } from '../domain/judge-answer.js';
import type { DueMessage } from './due-message.js';
import { DueMessages, Receivers, Signatures, TRY_MS, type SignedMessage } from './ports.js';

const CHANCES = 2 ** 32;

/**
 * Tries once to tell an endpoint of an event. Whoever dies between the answer and its record leaves the message to be told
 * again: receivers hear everything at least once, and know by `webhook-id` what they have heard.
 */
@Injectable()
export class TellEndpoint {
  constructor(
    private readonly messages: DueMessages,
    private readonly signatures: Signatures,
    private readonly receivers: Receivers,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @returns 0 when something may be due because of it. @throws 503 `unavailable` when what came of it could not be recorded. */
  async execute(message: DueMessage): Promise<0 | null> {
    // A process that slept must not speak after another one took over: later events may have been told meanwhile.
    if (this.clock.now() + TRY_MS > message.leaseEndsAtMs) return null;
    const answer = await this.tell(message);
    reached('webhook:answered');
    const chance = this.random.bytes(4).readUInt32BE() / CHANCES;
    const verdict = judgeAnswer(answer, { tries: message.tries + 1, chance });
    if (observed()) observe({ kind: 'webhook-tried', outcome: verdict.kind });
    return this.messages.settle(message, verdict);
  }

  private async tell(message: DueMessage): Promise<Answer> {
    const signed = this.sign(message);
    return signed ? this.receivers.post(signed) : { kind: 'none', why: 'its secret can not be opened here' };
  }

  private sign(message: DueMessage): SignedMessage | null {
    const id = `evt_${message.eventId}`;
    const timestamp = Math.floor(this.clock.now() / 1_000);
    try {
      const headers = {
        ...{ 'content-type': 'application/json', 'user-agent': 'Einmal-Webhooks/1' },
        ...{ 'webhook-id': id, 'webhook-timestamp': String(timestamp) },
        'webhook-signature': this.signatures.sign(message, { id, timestamp }),
      };
      return { url: message.url, headers, body: message.body };
    } catch {
      // One endpoint's matter, and no outage: another node may have the key that this one lacks.
      return null;
    }
  }
}
