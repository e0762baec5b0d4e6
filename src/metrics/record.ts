import type { Observation, Way } from '../shared/observations.js';
import type { Instruments } from './instruments.js';

const BREAKER_STATES = { closed: 0, 'half-open': 1, open: 2 };

/** Turns what was observed into counts. */
export function record(seen: Observation, to: Instruments): void {
  switch (seen.kind) {
    case 'request-answered': {
      const { method, route, problem } = seen;
      to.requests.inc({ method, route, status: `${String(Math.floor(seen.status / 100))}xx`, problem });
      to.requestSeconds.observe({ method, route }, seen.seconds);
      break;
    }
    case 'verification-started':
      to.started.inc({ channel: seen.channel, country: seen.country ?? '' });
      break;
    case 'verification-approved':
      to.approvalSeconds.observe(labelsOf(seen.way), seen.seconds);
      break;
    case 'verification-ended':
      to.ended.inc({ status: seen.status, country: seen.country ?? '' });
      break;
    case 'message-submitted':
      to.attempts.inc({ ...labelsOf(seen.way), outcome: seen.outcome });
      to.submitSeconds.observe({ provider: seen.way.provider ?? '' }, seen.seconds);
      break;
    case 'delivery-ended':
      to.deliveries.inc({ ...labelsOf(seen.way), status: seen.status });
      break;
    case 'report-applied':
      if (seen.effect === 'delivered-late') to.deliveredLate.inc(labelsOf(seen.way));
      to.reportSeconds.observe({ ...labelsOf(seen.way), status: seen.effect }, Math.max(0, seen.seconds));
      break;
    case 'fallback-taken':
      to.fallbacks.inc({ from: seen.from, to: seen.to, because: seen.because });
      break;
    case 'limit-refused':
      for (const rule of seen.rules) to.limitRefusals.inc({ on: seen.on, rule });
      break;
    case 'limit-shadowed':
      for (const rule of seen.rules) to.limitShadowed.inc({ on: seen.on, rule });
      break;
    case 'limit-skipped':
      for (const rule of seen.rules) to.limitSkipped.inc({ on: seen.on, rule });
      break;
    case 'edge-refused':
      to.edgeRefusals.inc({ by: seen.by });
      break;
    case 'decisions-dropped':
      to.decisionsDropped.inc(seen.acts);
      break;
    case 'send-screened':
      to.screened.inc({ reason: seen.reason, channel: seen.channel, country: seen.country ?? '' });
      break;
    case 'spend-counted':
      to.spend.inc({ channel: seen.channel, country: seen.country ?? '' }, seen.micros);
      break;
    case 'spend-reached':
      to.spendAlerts.inc({ window: seen.window, percent: seen.percent });
      break;
    case 'fraud-tripped':
      to.fraudTrips.inc({ detector: seen.detector, mode: seen.enforced ? 'enforce' : 'shadow' });
      break;
    case 'fraud-refused':
      to.fraudRefusals.inc({ detector: seen.detector, mode: seen.mode });
      break;
    case 'hash-began':
      to.hashWait.observe({ line: seen.line }, seen.waitedSeconds);
      break;
    case 'hash-refused':
      to.hashRefused.inc();
      break;
    case 'breaker-state':
      to.breakers.set({ provider: seen.provider }, BREAKER_STATES[seen.state]);
      break;
    case 'provider-paused':
      to.pausedUntil.set({ provider: seen.provider }, seen.until);
      break;
    case 'provider-passed-over':
      to.passedOver.inc({ provider: seen.provider, because: seen.because });
      break;
    case 'provider-switched':
      to.providerEnabled.set({ provider: seen.provider }, seen.enabled ? 1 : 0);
      break;
    case 'worker-load':
      to.inFlight.set(seen.inFlight);
      break;
    case 'webhook-tried':
      to.webhookTries.inc({ outcome: seen.outcome });
      break;
    case 'store-asked':
      if (!seen.answered) to.storeFailures.inc({ store: seen.store });
      to.storeSeconds.observe({ store: seen.store }, seen.seconds);
      break;
  }
}

/** What has none is told by an empty label, which Prometheus takes as no label. */
const labelsOf = ({ channel, provider, country }: Way) => ({
  channel,
  provider: provider ?? '',
  country: country ?? '',
});
