import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Channel, CodeChannel } from './channel.js';

/** What went over which channel and provider to which country; null where there is none (e-mail, a factor) or none was chosen. */
export interface Way {
  channel: CodeChannel;
  provider: string | null;
  /** ISO 3166-1 alpha-2 of the number. */
  country: string | null;
}

/**
 * What whoever watches the service may be told, each once its change is certain. Never a code, a recipient or an id: these are
 * counted, and each new value of a member would be one more series.
 */
export type Observation =
  /** A request was answered. `route` is the template; `problem` the code of a refusal. */
  | { kind: 'request-answered'; method: string; route: string; status: number; problem: string; seconds: number }
  | { kind: 'verification-started'; channel: CodeChannel; country: string | null }
  /** `approved` tells the way of the code that was typed, and how long it took from the start. */
  | { kind: 'verification-approved'; way: Way; seconds: number }
  | { kind: 'verification-ended'; status: 'approved' | 'failed' | 'expired' | 'canceled'; country: string | null }
  /** A provider was handed a message; `outcome` is the send attempt's status. */
  | { kind: 'message-submitted'; way: Way; outcome: string; seconds: number }
  | { kind: 'delivery-ended'; way: Way; status: 'delivered' | 'failed' | 'unconfirmed' | 'canceled' }
  /** A final report had its effect, so long after the message was handed over. */
  | { kind: 'report-applied'; way: Way; effect: 'delivered' | 'failed' | 'delivered-late'; seconds: number }
  | { kind: 'fallback-taken'; from: Channel; to: Channel; because: string }
  | { kind: 'limit-refused'; on: string; rules: string[] }
  /** Shadow rules would have refused it. */
  | { kind: 'limit-shadowed'; on: string; rules: string[] }
  /** Rules were not asked, because the act lacks what they count by. */
  | { kind: 'limit-skipped'; on: string; rules: string[] }
  /** A request was refused before anybody looked at it: its address or its API key is above a ceiling. */
  | { kind: 'edge-refused'; by: 'address' | 'key' | 'failed-login' }
  /** Acts were counted instead of written down one by one, because too many came. */
  | { kind: 'decisions-dropped'; acts: number }
  /** A message was accepted that counts for so many millionths of the currency. */
  | { kind: 'spend-counted'; channel: Channel; country: string | null; micros: number }
  /** An application was told that it stands at so many percent of what it may spend. */
  | { kind: 'spend-reached'; window: string; percent: string }
  /** Countries, kinds of numbers or a list refused a send over this channel; `reason` is the problem's. */
  | { kind: 'send-screened'; reason: string; channel: Channel; country: string | null }
  /** A detector tripped somewhere; told by the one node whose request tripped it. */
  | { kind: 'fraud-tripped'; detector: string; enforced: boolean }
  /** A detector stood in the way, or would have. */
  | { kind: 'fraud-refused'; detector: string; mode: 'enforce' | 'shadow' }
  | { kind: 'hash-began'; line: string; waitedSeconds: number }
  | { kind: 'hash-refused' }
  | { kind: 'breaker-state'; provider: string; state: 'closed' | 'half-open' | 'open' }
  /** A provider is left alone until then, in epoch seconds. */
  | { kind: 'provider-paused'; provider: string; until: number }
  /** A delivery found no place at a provider that was its turn; `because` is why. */
  | { kind: 'provider-passed-over'; provider: string; because: string }
  | { kind: 'provider-switched'; provider: string; enabled: boolean }
  | { kind: 'worker-load'; inFlight: number }
  /** An endpoint was tried once; `outcome` says what becomes of the message. */
  | { kind: 'webhook-tried'; outcome: 'delivered' | 'again' | 'failed' | 'gone' }
  | { kind: 'store-asked'; store: 'redis' | 'postgres'; answered: boolean; seconds: number };

const NAME = 'einmal:observation';
const observations = channel(NAME);

/**
 * Whether anybody watches. Ask before an observation is put together, so that one which nobody sees costs a boolean read:
 * `if (observed()) observe({ … })`.
 */
export const observed = (): boolean => observations.hasSubscribers;

/** Tells whoever watches. */
export function observe(observation: Observation): void {
  observations.publish(observation);
}

/** Seconds since a `performance.now()`: monotonic, so that no clock that is set makes a duration negative. */
export const secondsSince = (beganAt: number): number => (performance.now() - beganAt) / 1_000;

/**
 * Watches from now on. `watcher` must not throw: it runs within whatever is observed.
 *
 * @returns ends the watching.
 */
export function watchObservations(watcher: (observation: Observation) => void): () => void {
  const listener = (message: unknown) => {
    watcher(message as Observation);
  };
  subscribe(NAME, listener);
  return () => {
    unsubscribe(NAME, listener);
  };
}
