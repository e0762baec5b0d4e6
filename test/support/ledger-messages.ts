import type { MessagePlan, NextDelivery } from '../../src/delivery/application/ports.js';
import type { Database } from '../../src/platform/postgres/database.js';
import { isSent } from '../../src/shared/channel.js';
import { PostgresSteps } from '../../src/verification/adapters/postgres-steps.js';
import { FakeMessages, newId } from './deliveries.js';

/** Messages of verifications: their plan and their steps are those of the real ledger, only what they say is made up. */
export class LedgerMessages extends FakeMessages {
  private readonly steps: PostgresSteps;

  constructor(database: Database) {
    super(database);
    this.steps = new PostgresSteps(database);
  }

  override async plan(messageId: string): Promise<MessagePlan | null> {
    const record = await this.steps.find(messageId);
    if (record?.status !== 'pending') return null;
    const { step, expiresAt, sends, maxSends } = record;
    const channels = record.channels.filter(isSent);
    return { step, channels, expiresAt, sendsLeft: maxSends - sends, tryOtherProvider: false };
  }

  override async advance(messageId: string, fromStep: number, next: NextDelivery): Promise<string | null> {
    const deliveryId = newId('dlv');
    const origin = next.origin === 'resend' ? 'resend' : 'fallback';
    return (await this.steps.advance(messageId, fromStep, { ...next, origin, deliveryId })) ? deliveryId : null;
  }
}
