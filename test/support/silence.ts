import type { OutgoingLimits } from '../../src/delivery/adapters/outgoing-http.js';
import type { SubmitOutcome } from '../../src/delivery/domain/outcome.js';
import { FakeVendor, silentPort } from './fake-vendor.js';

/** A connection is given up by a clock that ticks every half a second, whatever it is told. */
const CONNECT_SOON = { connectMs: 100, totalMs: 10_000 };
const ANSWER_SOON = { connectMs: 10_000, totalMs: 300 };

/** Submits a message over a provider that is made for it, to a vendor at this address. */
export type SubmitTo = (vendorUrl: string, limits: OutgoingLimits) => Promise<SubmitOutcome>;

/** What a provider makes of those who say nothing: begun early, waited for late, so that it costs no time. */
export interface Silence {
  /** The vendor has the request, and how many it got. */
  unanswered: Promise<{ outcome: SubmitOutcome; requests: number }>;
  /** Nobody takes the connection: behind it is no TLS. */
  unconnected: Promise<SubmitOutcome>;
  stop(): Promise<void>;
}

export async function beginSilence(submitTo: SubmitTo): Promise<Silence> {
  const [mute, nobody] = await Promise.all([FakeVendor.start(), silentPort()]);
  mute.hangs();
  // On a machine that stands still the time may be over before the request is out: that one does not count.
  const unanswered = async () => {
    for (;;) {
      const outcome = await submitTo(mute.url, ANSWER_SOON);
      if (mute.requests.length > 0) return { outcome, requests: mute.requests.length };
    }
  };
  return {
    unanswered: unanswered(),
    unconnected: submitTo(`https://127.0.0.1:${String(nobody.port)}/send`, CONNECT_SOON),
    stop: async () => {
      nobody.stop();
      await mute.stop();
    },
  };
}
