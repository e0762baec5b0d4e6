import { Injectable } from '@nestjs/common';
import { Random } from '../../shared/random.js';
import { reached } from '../../shared/steps.js';
import { afterRefusal, providersLeft, type Refusal } from '../domain/after-refusal.js';
import type { SubmitOutcome } from '../domain/outcome.js';
import { ApplyReports } from './apply-reports.js';
import { findPlace, type PassedOver } from './find-place.js';
import { HandOver, type HandedOver } from './hand-over.js';
import { DueDeliveries, type AttemptEnd, type DueDelivery, type DueInMs, type Settlement } from './ledger.js';
import type { Provider } from './provider.js';
import { SWITCHED_OFF } from './provider-switches.js';
import { Routes } from './routes.js';

/** A held delivery with the attempt that is being made. */
interface Attempt {
  due: DueDelivery;
  id: string;
  provider: Provider;
  /** Provider ids of the delivery's route. */
  route: string[];
  /** Why it does not go over who would be first. */
  note: string | undefined;
}

type Submitted = Extract<HandedOver, { kind: 'submitted' }>;

/** While limits or the hot state can not be asked, a delivery waits: 1, 2, 4, 8 s. */
const pauseMs = (attempts: number) => 1_000 * 2 ** Math.min(attempts - 1, 3);

/** Sends one queued delivery: chooses the provider, commits the attempt, hands the text over, records what came of it. */
@Injectable()
export class DispatchDelivery {
  constructor(
    private readonly deliveries: DueDeliveries,
    private readonly routes: Routes,
    private readonly handOver: HandOver,
    private readonly reports: ApplyReports,
    private readonly random: Random,
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
      case 'nobody':
        return this.nobodyNow(due, found.passedOver);
      case 'place':
        break;
    }
    const { provider, passedOver } = found;
    const off = this.routes.switchedOff(due.channel, due.country, provider);
    try {
      return await this.send(due, provider, { route, note: noteOf(off, passedOver) });
    } finally {
      found.leave();
    }
  }

  private nobodyLeft(due: DueDelivery): Promise<DueInMs> {
    const off = this.routes.switchedOff(due.channel, due.country);
    return this.neverSent(due, off.length > 0 ? SWITCHED_OFF : noProvider(due), true);
  }

  /** As if each had been asked and had refused. */
  private async nobodyNow(due: DueDelivery, passedOver: PassedOver[]): Promise<DueInMs> {
    const note = noteOf(this.routes.switchedOff(due.channel, due.country), passedOver);
    const to: Settlement = { status: 'failed', cause: 'provider', ...(note !== undefined && { note }) };
    const dueInMs = await this.deliveries.settle(due, to);
    await this.handOver.cameToNothing(due);
    return dueInMs;
  }

  private async send(due: DueDelivery, provider: Provider, way: Pick<Attempt, 'route' | 'note'>): Promise<DueInMs> {
    const id = this.random.id('att');
    const begun = await this.deliveries.begin(due, { id, providerId: provider.id });
    if (!begun) return this.cancel(due, 'an earlier message arrived meanwhile', false);
    reached('dispatch:submitting');
    const attempt = { due: begun, id, provider, ...way };
    const dueInMs = await this.record(attempt, await this.handOverOrPutBack(attempt));
    reached('dispatch:recorded');
    return dueInMs;
  }

  private async handOverOrPutBack({ due, id, provider }: Attempt): Promise<HandedOver> {
    try {
      return await this.handOver.execute(due, id, provider);
    } catch (error) {
      const end: AttemptEnd = { id, status: 'withdrawn', detail: 'the message could not be made' };
      await this.deliveries.settle(due, { status: 'queued', inMs: pauseMs(due.attempts) }, end);
      throw error;
    }
  }

  private record(attempt: Attempt, result: HandedOver): Promise<DueInMs> {
    const { due, id } = attempt;
    switch (result.kind) {
      case 'submitted':
        return this.recordOutcome(attempt, result);
      case 'stop': {
        const { reason: note, then } = result;
        const to: Settlement = { status: 'canceled', note, nextStep: then === 'skip' };
        return this.deliveries.settle(due, to, { id, status: 'withdrawn', detail: note });
      }
      case 'too-late':
        return this.deliveries.settle(
          due,
          { status: 'queued', inMs: pauseMs(1) },
          { id, status: 'withdrawn', detail: 'too late' },
        );
      case 'switched-off':
        return this.backToQueue(attempt);
    }
  }

  /** Whose turn it is now is asked anew. */
  private async backToQueue({ due, id }: Attempt): Promise<DueInMs> {
    await this.handOver.withdraw(due);
    const end: AttemptEnd = { id, status: 'withdrawn', detail: SWITCHED_OFF };
    return this.deliveries.settle(due, { status: 'queued', inMs: 0 }, end);
  }

  private async recordOutcome(attempt: Attempt, { outcome, size }: Submitted): Promise<DueInMs> {
    const { due, id, note } = attempt;
    const sent: Settlement = { status: 'sent', ...(note !== undefined && { note }) };
    switch (outcome.kind) {
      case 'accepted': {
        const dueInMs = await this.deliveries.settle(due, sent, { ...accepted(id, outcome), size });
        // Only now do reports that came early under the provider's own id have a delivery.
        if (outcome.providerMessageId !== undefined) await this.reports.waitingFor(due.id);
        return dueInMs;
      }
      case 'ambiguous':
        return this.deliveries.settle(due, sent, { id, status: 'ambiguous', detail: outcome.detail, size });
      case 'refused': {
        // Before the row goes back: the next attempt's text must not be the one that is withdrawn.
        await this.handOver.withdraw(due);
        const end = { id, status: outcome.failure, detail: outcome.detail, size };
        const settlement = afterwards(attempt, outcome);
        const dueInMs = await this.deliveries.settle(due, settlement, end);
        // Only what is recorded to have ended is given back: what will be tried again was not asked for again.
        if (settlement.status === 'failed' && settlement.cause === 'provider') await this.handOver.cameToNothing(due);
        return dueInMs;
      }
    }
  }

  private async neverSent(due: DueDelivery, note: string, nextStep: boolean): Promise<DueInMs> {
    const dueInMs = await this.cancel(due, note, nextStep);
    await this.handOver.cameToNothing(due);
    return dueInMs;
  }

  private cancel(due: DueDelivery, note: string, nextStep: boolean): Promise<DueInMs> {
    return this.deliveries.settle(due, { status: 'canceled', note, nextStep });
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

function accepted(id: string, { detail, providerMessageId }: Extract<SubmitOutcome, { kind: 'accepted' }>): AttemptEnd {
  const known = {
    ...(detail !== undefined && { detail }),
    ...(providerMessageId !== undefined && { providerMessageId }),
  };
  return { id, status: 'accepted', ...known };
}

function afterwards({ due, provider, route }: Attempt, refusal: Refusal): Settlement {
  const next = afterRefusal(refusal, route, [...due.tried, provider.id]);
  return next.kind === 'retry' ? { status: 'queued', inMs: next.inMs } : { status: 'failed', cause: next.cause };
}
