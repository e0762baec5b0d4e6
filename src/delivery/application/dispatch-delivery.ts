import { Injectable } from '@nestjs/common';
import { reached } from '../../shared/steps.js';
import { providersLeft } from '../domain/after-refusal.js';
import { findPlace, type PassedOver } from './find-place.js';
import { HandOver } from './hand-over.js';
import { DueDeliveries, type DueDelivery, type DueInMs } from './ledger.js';
import { MakeAttempt } from './make-attempt.js';
import { NobodyNow } from './nobody-now.js';
import type { Provider } from './provider.js';
import { SWITCHED_OFF } from './provider-switches.js';
import { Routes } from './routes.js';

/** Sends one queued delivery over the provider that can take it now, or has it wait for one. */
@Injectable()
export class DispatchDelivery {
  constructor(
    private readonly deliveries: DueDeliveries,
    private readonly routes: Routes,
    private readonly makeAttempt: MakeAttempt,
    private readonly nobodyNow: NobodyNow,
    private readonly handOver: HandOver,
  ) {}

  /**
   * @param due a held delivery in `queued`.
   * @throws 503 `unavailable` when the message's source or Postgres could not be asked; the delivery stays to be done.
   */
  async execute(due: DueDelivery): Promise<DueInMs> {
    reached('dispatch:claimed');
    if (due.secondsLeft <= 0) return this.neverSent(due, 'its time was over before it was sent', false);
    const providers = this.routes.to(due.channel, due.country).filter(({ id }) => !due.ruledOut.includes(id));
    const route = providers.map(({ id }) => id);
    const left = providersLeft(route, due.tried).flatMap((id) => this.routes.provider(id) ?? []);
    if (left.length === 0) return this.nobodyLeft(due);
    const found = findPlace(left);
    switch (found.kind) {
      case 'wait':
        return this.deliveries.settle(due, { status: 'queued', inMs: found.inMs });
      case 'nobody': {
        const off = this.routes.switchedOff(due.channel, due.country);
        return this.nobodyNow.execute(due, noteOf(off, found.passedOver), found.askLater);
      }
      case 'place':
        break;
    }
    const { provider, passedOver } = found;
    const off = this.routes.switchedOff(due.channel, due.country, provider);
    try {
      return await this.makeAttempt.execute(due, { provider, route, note: noteOf(off, passedOver) });
    } finally {
      found.leave();
    }
  }

  private nobodyLeft(due: DueDelivery): Promise<DueInMs> {
    const off = this.routes.switchedOff(due.channel, due.country);
    return this.neverSent(due, off.length > 0 ? SWITCHED_OFF : noProvider(due), true);
  }

  private async neverSent(due: DueDelivery, note: string, nextStep: boolean): Promise<DueInMs> {
    const dueInMs = await this.deliveries.settle(due, { status: 'canceled', note, nextStep });
    await this.handOver.cameToNothing(due);
    return dueInMs;
  }
}

const noProvider = ({ channel, country }: DueDelivery) =>
  `no provider for ${channel}${country ? ` to ${country}` : ''}`;

/** `not over first, second: provider switched off by operator; not over third: circuit open`. */
function noteOf(off: Provider[], passedOver: PassedOver[]): string | undefined {
  const reasons = new Map<string, string[]>();
  const all = [...off.map(({ id }) => ({ id, because: SWITCHED_OFF })), ...passedOver];
  for (const { id, because } of all) reasons.set(because, [...(reasons.get(because) ?? []), id]);
  const parts = [...reasons].map(([because, ids]) => `not over ${ids.join(', ')}: ${because}`);
  return parts.length > 0 ? parts.join('; ') : undefined;
}
