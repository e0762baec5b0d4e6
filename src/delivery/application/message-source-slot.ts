import { Injectable } from '@nestjs/common';
import { MessageSource, type Claim, type MessagePlan, type NextDelivery } from './ports.js';

/**
 * Where the source of messages is plugged in. Delivery knows nobody, so its source can not be handed to it: whoever imports
 * this module fills the slot when it is initialised, before the worker starts.
 */
@Injectable()
export class MessageSourceSlot extends MessageSource {
  private source: MessageSource | null = null;

  fill(source: MessageSource): void {
    this.source = source;
  }

  claim(...asked: Parameters<MessageSource['claim']>): Promise<Claim> {
    return this.filled.claim(...asked);
  }

  afterKey(...asked: Parameters<MessageSource['afterKey']>): ReturnType<MessageSource['afterKey']> {
    return this.filled.afterKey(...asked);
  }

  withdraw(...asked: Parameters<MessageSource['withdraw']>): Promise<void> {
    return this.filled.withdraw(...asked);
  }

  cameToNothing(...ended: Parameters<MessageSource['cameToNothing']>): Promise<void> {
    return this.filled.cameToNothing(...ended);
  }

  plan(messageId: string): Promise<MessagePlan | null> {
    return this.filled.plan(messageId);
  }

  advance(messageId: string, fromStep: number, next: NextDelivery): Promise<string | null> {
    return this.filled.advance(messageId, fromStep, next);
  }

  private get filled(): MessageSource {
    if (!this.source) throw new Error('No source of messages has been plugged in.');
    return this.source;
  }
}
