import { Injectable } from '@nestjs/common';
import type { Channel } from '../../shared/channel.js';
import { microsOf, type Micros } from '../../shared/money.js';
import type { Recipient } from '../../shared/recipient.js';
import { SPEND_WINDOWS } from '../domain/spend-windows.js';
import { Prices } from './ports.js';

/** What an application's messages may cost: decimal amounts in the currency of the prices. */
export interface SpendPolicy {
  mode: 'off' | 'shadow' | 'enforce';
  perDay: string;
  perHour?: string | undefined;
}

/** A message that is about to be sent, and how much its application may spend; null where nobody said. */
export interface SpendAsked {
  spend: SpendPolicy | null;
  channel: Channel;
  address: Recipient;
  /** Ids of the providers that might carry it. */
  providers: readonly string[];
  /** How many messages the network makes of it at most. */
  segments: number;
}

/** A bound on what an application spends within a window, and what this message adds to it. Amounts in millionths. */
export interface SpendCap {
  name: string;
  windowSeconds: number;
  max: Micros;
  weight: Micros;
  mode: 'shadow' | 'enforce';
}

export type SpendTerms =
  /** `micros`: what the message counts for; null where no price is known. `caps`: in which there must be room for it. */
  | { kind: 'priced'; micros: Micros | null; caps: SpendCap[] }
  /** There is a cap, and nothing says what the message costs: it is not sent. A sum with a gap in it bounds nothing. */
  | { kind: 'no-price' };

/** What a message costs, and the caps that it must fit into. From memory. */
@Injectable()
export class SpendCaps {
  constructor(private readonly prices: Prices) {}

  termsOf({ spend, channel, address, providers, segments }: SpendAsked): SpendTerms {
    const phone = address.kind === 'phone' ? address : null;
    const [number, country] = [phone?.value ?? null, phone?.country ?? null];
    const each = this.prices.current.list.costOf({ channel, number, country, providers });
    const micros = each === null ? null : each * segments;
    const mode = spend?.mode ?? 'off';
    if (!spend || mode === 'off') return { kind: 'priced', micros, caps: [] };
    if (micros === null) return mode === 'enforce' ? { kind: 'no-price' } : { kind: 'priced', micros, caps: [] };
    return { kind: 'priced', micros, caps: micros === 0 ? [] : capsOf({ ...spend, mode }, micros) };
  }
}

/** Both caps, to give a message back: what it weighed is known by its name, whatever prices and settings say by now. */
export const CAPS_GIVEN_BACK: readonly SpendCap[] = Object.entries(SPEND_WINDOWS).map(([name, { seconds }]) => ({
  ...{ name, windowSeconds: seconds, max: 1, weight: 0, mode: 'enforce' },
}));

function capsOf({ mode, perDay, perHour }: SpendPolicy & { mode: SpendCap['mode'] }, weight: Micros): SpendCap[] {
  const amounts = { 'spend-day': perDay, 'spend-hour': perHour } as const;
  return Object.entries(SPEND_WINDOWS).flatMap(([name, { seconds }]) => {
    const amount = amounts[name as keyof typeof amounts];
    if (amount === undefined) return [];
    // Settings outside their rails were never obeyed; should one get here, nothing fits.
    return [{ name, windowSeconds: seconds, max: microsOf(amount) ?? 0, weight, mode }];
  });
}
