import { Injectable } from '@nestjs/common';
import {
  MessageSource,
  type Claim,
  type MessagePlan,
  type NextDelivery,
  type Saying,
} from '../../delivery/application/ports.js';
import type { Delivery } from '../../delivery/domain/delivery.js';
import { Verifications } from '../application/hot-state.js';
import { ClaimMessage } from '../application/send/claim-message.js';
import { GiveBackSend } from '../application/send/give-back-send.js';
import { PlanSteps } from '../application/send/plan-steps.js';
import { SpeakCode } from '../application/send/speak-code.js';

/** Verification as delivery's source of messages. */
@Injectable()
export class VerificationMessages extends MessageSource {
  constructor(
    private readonly claimMessage: ClaimMessage,
    private readonly speakCode: SpeakCode,
    private readonly giveBackSend: GiveBackSend,
    private readonly planSteps: PlanSteps,
    private readonly verifications: Verifications,
  ) {
    super();
  }

  claim(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<Claim> {
    return this.claimMessage.claim(delivery);
  }

  afterKey(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel'>): Promise<Saying> {
    return this.speakCode.execute(delivery);
  }

  withdraw(delivery: Pick<Delivery, 'id' | 'messageId'>): Promise<void> {
    return this.verifications.dropCode(delivery.messageId, delivery.id);
  }

  cameToNothing(delivery: Pick<Delivery, 'id' | 'messageId' | 'channel' | 'origin'>): Promise<void> {
    return this.giveBackSend.execute(delivery);
  }

  plan(messageId: string): Promise<MessagePlan | null> {
    return this.planSteps.plan(messageId);
  }

  advance(messageId: string, fromStep: number, next: NextDelivery): Promise<string | null> {
    return this.planSteps.advance(messageId, fromStep, next);
  }
}
