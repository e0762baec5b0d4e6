import { collectDefaultMetrics, Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { VERSION } from '../platform/version.js';

/** A request waits for a hash at most; most take milliseconds. */
const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** A provider has 5 s to answer. */
const SUBMIT_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3.5, 5];
/** Most SMS are reported within seconds, the slow ones after minutes; 60 s is when the default plan stops waiting. */
const REPORT_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 900];
/** From the start to the right code: the message's way, and a person who types. */
const APPROVAL_SECONDS = [2, 5, 10, 20, 30, 60, 120, 300, 600];
const STORE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2];

const WAY = ['channel', 'provider', 'country'] as const;

export type Instruments = ReturnType<typeof makeInstruments>;

/**
 * Everything that is counted and measured, with the labels it is told apart by. Every label is bounded: routes and problem
 * codes by the code, rules by the installation (an application's own are one), providers by the configuration, countries by ISO
 * 3166; there are no ids. Process metrics under
 * prom-client's own names.
 */
export function makeInstruments(registry: Registry) {
  const registers = [registry];
  const counter = <Name extends string>(name: string, help: string, labelNames: readonly Name[] = []) =>
    new Counter({ name: `einmal_${name}_total`, help, labelNames, registers });
  const gauge = <Name extends string>(name: string, help: string, labelNames: readonly Name[] = []) =>
    new Gauge({ name: `einmal_${name}`, help, labelNames, registers });
  const seconds = <Name extends string>(name: string, help: string, labelNames: readonly Name[], buckets: number[]) =>
    new Histogram({ name: `einmal_${name}_seconds`, help, labelNames, buckets, registers });

  collectDefaultMetrics({ register: registry });
  gauge('build_info', 'Always 1; what runs stands in the labels', ['version', 'node'] as const).set(
    { version: VERSION, node: process.version },
    1,
  );
  return {
    requests: counter('http_requests', 'Answers by route, class of status and problem code', [
      ...(['method', 'route', 'status', 'problem'] as const),
    ]),
    requestSeconds: seconds('http_request_duration', 'From request to answer', ['method', 'route'], REQUEST_SECONDS),

    started: counter('verifications_started', 'Verifications accepted, by first channel', ['channel', 'country']),
    ended: counter('verifications_ended', 'Verifications that ended, and how', ['status', 'country']),
    approvalSeconds: seconds('time_to_approval', 'From the start to the right code', WAY, APPROVAL_SECONDS),

    attempts: counter('send_attempts', 'Messages handed to a provider, and what it said', [...WAY, 'outcome']),
    submitSeconds: seconds('provider_submit_duration', 'Of a request to a provider', ['provider'], SUBMIT_SECONDS),
    deliveries: counter('deliveries_ended', 'Deliveries that ended, and how', [...WAY, 'status']),
    deliveredLate: counter('deliveries_delivered_late', 'Reported as delivered after we had given up on them', WAY),
    reportSeconds: seconds('time_to_report', 'From handing over to a final report', [...WAY, 'status'], REPORT_SECONDS),
    fallbacks: counter('fallbacks', 'Next channels taken, and why', ['from', 'to', 'because']),
    due: gauge('deliveries_due', 'Deliveries that are due and nobody holds, up to 10,000'),
    oldestDue: gauge('deliveries_oldest_due_seconds', 'For how long the oldest of them has been due'),
    breakers: gauge('provider_breaker_state', '0 closed, 1 half-open, 2 open', ['provider']),
    pausedUntil: gauge('provider_paused_until_seconds', 'Epoch seconds until which it is left alone', ['provider']),
    passedOver: counter('provider_no_place', 'Deliveries that found no place at a provider, and why', [
      ...(['provider', 'because'] as const),
    ]),
    providerEnabled: gauge('provider_enabled', '1, or 0 while an operator has switched it off', ['provider']),
    inFlight: gauge('worker_in_flight', 'Deliveries that this process is handling'),

    webhookTries: counter('webhook_tries', 'Times that an endpoint was told, and what became of the message', [
      'outcome',
    ]),
    webhooksDue: gauge('webhooks_due', 'Messages that are due to endpoints which answer, up to 10,000'),
    oldestWebhook: gauge('webhooks_oldest_due_seconds', 'For how long the oldest of them has been due'),
    failingEndpoints: gauge('webhook_endpoints_failing', 'Endpoints that have not answered for an hour'),

    limitRefusals: counter('limit_refusals', 'Acts that a limit refused, by each rule in the way', ['on', 'rule']),
    limitShadowed: counter('limit_shadowed', 'Acts that a shadow rule would have refused', ['on', 'rule']),
    limitSkipped: counter('limit_skipped', 'Acts that lack what a rule counts by', ['on', 'rule']),
    screened: counter('sends_screened', 'Sends that a country, a kind of number or a list refused', [
      ...['reason', 'channel', 'country'],
    ]),
    edgeRefusals: counter('edge_refusals', 'Requests refused before anybody looked at them, by the ceiling', ['by']),
    decisionsDropped: counter('decisions_dropped', 'Acts counted in the log of decisions instead of written down'),
    spend: counter('spend_micro', 'Prices of accepted messages, in millionths of the currency', ['channel', 'country']),
    spendAlerts: counter('spend_alerts', 'Applications told of a share of their cap', ['window', 'percent']),
    uncapped: gauge('applications_without_spend_cap', 'Applications whose messages may cost anything'),

    fraudTrips: counter('fraud_trips', 'Detectors that tripped somewhere', ['detector', 'mode']),
    fraudRefusals: counter('fraud_refusals', 'Sends and checks that a detector stood in the way of', [
      ...(['detector', 'mode'] as const),
    ]),
    hashRunning: gauge('hash_running', 'Hashes under way'),
    hashWaiting: gauge('hash_waiting', 'Hashes that wait for their turn', ['line']),
    hashRefused: counter('hash_refused', 'Checks refused because too many were waiting'),
    hashWait: seconds('hash_wait', 'From the place in the queue to the turn', ['line'], REQUEST_SECONDS),

    storeUp: gauge('store_up', 'Whether Redis or Postgres answered this scrape', ['store']),
    storeSeconds: seconds('store_command_duration', 'Of a script or a statement', ['store'], STORE_SECONDS),
    storeFailures: counter('store_failures', 'Commands that got no answer', ['store']),
    clockSkew: gauge('clock_skew_seconds', 'How far a clock is ahead of this process', ['store']),
  };
}
