import { observe, observed } from '../../shared/observations.js';
import type { Provider } from './provider.js';
import type { Place } from './provider-health.js';

export type FoundPlace =
  | { kind: 'place'; provider: Provider; leave: () => void; passedOver: PassedOver[] }
  /** Its turn comes then. */
  | { kind: 'wait'; inMs: number }
  /** Nobody takes it within a time that is worth waiting for where there is another channel. `askLater`: where there is none. */
  | { kind: 'nobody'; passedOver: PassedOver[]; askLater: () => number };

/** A provider that would have been asked before, and why it was not. */
export interface PassedOver {
  id: string;
  because: NotNow['because'];
}

type NotNow = Exclude<Place, { leave: unknown }>;

/** So long a delivery waits for the sake of the order: it is a preference, often of price, and a code waits badly. */
const FOR_THE_ORDER_MS = 2_000;
/** So long it waits for a provider that wants nothing now, where no other is left. The next channel is there at once. */
const FOR_A_PAUSE_MS = 5_000;

/**
 * Who takes a delivery now: the first in order that has a place, or whose turn comes within two seconds. Where none has, it waits
 * for the one whose turn comes first; without any, for a pause of up to five seconds; else those are asked that have refused
 * others for want of credit or for their configuration, since a refusal may have been about one message only, or have no link.
 *
 * @param providers the ones that may still be asked, in order of preference.
 */
export function findPlace(providers: Provider[]): FoundPlace {
  const passedOver: PassedOver[] = [];
  const found: { provider: Provider; place: NotNow }[] = [];
  for (const provider of providers) {
    const place = provider.enter();
    if ('leave' in place) return { kind: 'place', provider, leave: place.leave, passedOver };
    if ('join' in place && place.againInMs <= FOR_THE_ORDER_MS) return { kind: 'wait', inMs: place.join() };
    passedOver.push({ id: provider.id, because: place.because });
    found.push({ provider, place });
    if (observed()) observe({ kind: 'provider-passed-over', provider: provider.id, because: place.because });
  }
  return soonest(found.map(({ place }) => place)) ?? lastResort(found, passedOver);
}

function soonest(places: NotNow[]): FoundPlace | null {
  const [line] = places.filter((place) => 'join' in place).sort((a, b) => a.againInMs - b.againInMs);
  if (line) return { kind: 'wait', inMs: line.join() };
  const throttles = places.flatMap((place) => (place.because === 'throttled' ? [place.againInMs] : []));
  const inMs = Math.min(...throttles);
  return inMs <= FOR_A_PAUSE_MS ? { kind: 'wait', inMs } : null;
}

function lastResort(found: { provider: Provider; place: NotNow }[], passedOver: PassedOver[]): FoundPlace {
  for (const { provider } of found) {
    const place = provider.enter(true);
    const others = passedOver.filter(({ id }) => id !== provider.id);
    if ('leave' in place) return { kind: 'place', provider, leave: place.leave, passedOver: others };
    if ('join' in place) return { kind: 'wait', inMs: place.join() };
  }
  return { kind: 'nobody', passedOver, askLater: () => Math.min(...found.map(({ place }) => againInMs(place))) };
}

const againInMs = (place: NotNow) => ('askLater' in place ? place.askLater() : place.againInMs);
