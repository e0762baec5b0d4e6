import { WatchedSends, type SendFinding, type WatchedSend } from '../application/ports.js';
import { GOOD_PROBES, MOST_OF_ONE_PLACE, type Breaker, type Trip, PROBES } from '../domain/breaker.js';
import { add, sumOf, type HeldBreaker, type Marker } from './held-breaker.js';
import type { MemoryBreakers } from './memory-breakers.js';
import { approveNumber, forgetNumber, isNotedFor, notedBefore, watchNumber } from './memory-numbers.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What look-at-send.lua, judge-send.lua, undo-send.lua and approve-send.lua do. */
export class MemoryWatchedSends extends WatchedSends {
  constructor(private readonly state: MemoryBreakers) {
    super();
  }

  look(send: WatchedSend): Promise<Omit<SendFinding, 'tripped'>> {
    const { applicationId, verificationId, codeLifeMs: life, breakers } = send;
    const { state } = this;
    const known = state.marker(applicationId, verificationId).by !== null || notedBefore(state, send) !== null;
    const waits = breakers.map((breaker) => {
      return { name: breaker.name, waitMs: this.waitMs(state.held(applicationId, breaker), { breaker, life, known }) };
    });
    const longerForMs = Math.max(0, (state.longerUntil.get(applicationId) ?? 0) - state.now);
    return Promise.resolve({ open: waits.filter(({ waitMs }) => waitMs > 0), longerForMs });
  }

  judge(send: WatchedSend): Promise<SendFinding> {
    const { applicationId, verificationId, deliveryId, breakers } = send;
    const { state } = this;
    const { now } = state;
    const tripped = watchNumber(state, send);
    const marker = state.marker(applicationId, verificationId);
    const marked = marker.by !== null;
    const notedAt = marked ? null : notedBefore(state, send);
    const known = marked || notedAt !== null;
    const judged = breakers.map((breaker) => ({ breaker, ...this.ask(send, breaker, known) }));
    tripped.push(...judged.flatMap(({ trip }) => trip ?? []));
    const refused = judged.some(({ breaker, waitMs }) => breaker.refuses && waitMs > 0);
    const narrow = breakers.some((breaker) => this.unanswered(send, breaker) >= MOST_OF_ONE_PLACE);
    if (!marked && !refused)
      Object.assign(marker, {
        ...{ by: deliveryId, at: notedAt ?? now, again: notedAt !== null },
        ...{ first: isNotedFor(state, send), narrow },
      });
    if (!known && !refused) {
      for (const { breaker, waitMs } of judged) if (waitMs === 0) this.count(applicationId, breaker, narrow);
    }
    const open = judged.map(({ breaker: { name }, waitMs }) => ({ name, waitMs })).filter(({ waitMs }) => waitMs > 0);
    const longerForMs = Math.max(0, (state.longerUntil.get(applicationId) ?? 0) - now);
    return Promise.resolve({ open, tripped, longerForMs });
  }

  undo(send: WatchedSend): Promise<void> {
    forgetNumber(this.state, send);
    const marker = this.state.marker(send.applicationId, send.verificationId);
    if (marker.by !== send.deliveryId) return Promise.resolve();
    marker.by = null;
    if (marker.again) return Promise.resolve();
    for (const breaker of send.breakers) {
      const { sends, opened } = this.state.held(send.applicationId, breaker);
      if (isCounted(breaker, marker.narrow)) add(sends, Math.floor(marker.at / breaker.widthMs), -1);
      if (!opened || marker.at < opened.until) continue;
      opened.tried = Math.max(0, opened.tried - 1);
      for (const place of breaker.places) opened.places.delete(place);
    }
    return Promise.resolve();
  }

  approved(send: WatchedSend): Promise<string[]> {
    const { applicationId, breakers } = send;
    const marker = this.state.marker(applicationId, send.verificationId);
    if (marker.by === null || marker.approved) return Promise.resolve([]);
    marker.approved = true;
    const wasNoted = approveNumber(this.state, send);
    // One send was counted for this number: it is credited by whichever code was typed, once.
    if ((marker.again || marker.first) && !wasNoted) return Promise.resolve([]);
    const cleared = breakers.filter((breaker) => this.countApproval(applicationId, breaker, marker));
    return Promise.resolve(cleared.map(({ name }) => name));
  }

  private ask({ applicationId, codeLifeMs: life }: WatchedSend, breaker: Breaker, known: boolean): Answer {
    const { now } = this.state;
    const held = this.state.held(applicationId, breaker);
    const undecidedMs = (held.opened?.last ?? 0) + life - now;
    const figures = { ...this.figuresOf(held, breaker, life) };
    let trip: Trip | undefined;
    if (held.opened && held.opened.until <= now && held.opened.tried >= PROBES && undecidedMs <= 0)
      trip = this.state.trip(applicationId, breaker, { counted: held.opened.tried, good: held.opened.right });
    else if (!held.opened && figures.enough && figures.good < breaker.share * figures.counted)
      trip = this.state.trip(applicationId, breaker, { counted: figures.counted, good: figures.good });
    return { waitMs: this.waitMs(held, { breaker, life, known }), ...(trip && { trip }) };
  }

  /** What parts/wait.lua does. */
  private waitMs(
    { opened }: HeldBreaker,
    { breaker, life, known }: { breaker: Breaker; life: number; known: boolean },
  ) {
    const { now } = this.state;
    if (!opened || (known && opened.until <= now)) return 0;
    if (opened.until > now) return opened.until - now;
    const undecided = breaker.places.map((place) => opened.places.get(place) ?? 0);
    if (opened.tried >= PROBES) undecided.push(opened.last);
    return Math.max(0, ...undecided.map((at) => at + life - now));
  }

  private figuresOf(held: HeldBreaker, { windowMs, widthMs, least }: Breaker, life: number) {
    const { now } = this.state;
    const span = { now, widthMs, keptMs: windowMs + life };
    const settled = (from: number) => from >= held.since && from + widthMs + life <= now;
    const counted = sumOf(held.sends, span, settled);
    const good = sumOf(held.approvals, span, settled);
    const day = sumOf(held.days, { now, widthMs: HOUR_MS, keptMs: DAY_MS });
    return { counted, good, enough: least > 0 && counted >= Math.max(least, day / 10) };
  }

  /** Sends of one narrow place whose codes nobody has typed. */
  private unanswered({ applicationId, codeLifeMs: life }: WatchedSend, { wide, ...breaker }: Breaker): number {
    if (wide) return 0;
    const { sends, approvals } = this.state.held(applicationId, breaker);
    const span = { now: this.state.now, widthMs: breaker.widthMs, keptMs: breaker.windowMs + life };
    return sumOf(sends, span) - sumOf(approvals, span);
  }

  private count(applicationId: string, breaker: Breaker, narrow: boolean): void {
    const { now } = this.state;
    const { opened, sends } = this.state.held(applicationId, breaker);
    if (opened) Object.assign(opened, { tried: opened.tried + 1, last: now });
    for (const place of breaker.places) opened?.places.set(place, now);
    if (isCounted(breaker, narrow)) add(sends, Math.floor(now / breaker.widthMs));
  }

  /** @returns whether the breaker clears by it. */
  private countApproval(applicationId: string, breaker: Breaker, { at, narrow }: Marker): boolean {
    const { now } = this.state;
    const held = this.state.held(applicationId, breaker);
    if (isCounted(breaker, narrow)) add(held.approvals, Math.floor(at / breaker.widthMs));
    if (breaker.wide && isCounted(breaker, narrow)) add(held.days, Math.floor(now / HOUR_MS));
    if (!held.opened || at < held.opened.until) return false;
    for (const place of breaker.places) held.opened.places.delete(place);
    held.opened.right += 1;
    if (held.opened.right < GOOD_PROBES) return false;
    Object.assign(held, { opened: null, since: now });
    this.state.tripsOf(applicationId).delete(breaker.name);
    return true;
  }
}

const isCounted = ({ least, wide }: Breaker, narrow: boolean) => least > 0 && !(wide && narrow);

interface Answer {
  waitMs: number;
  trip?: Trip;
}
