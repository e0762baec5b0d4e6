/** What happens to a verification itself. */
export const VERIFICATION_EVENTS = [
  'verification.started',
  'verification.approved',
  'verification.failed',
  'verification.expired',
  'verification.canceled',
] as const;
export type VerificationEvent = (typeof VERIFICATION_EVENTS)[number];

/** What happens to its messages. */
export const DELIVERY_EVENTS = [
  'delivery.sent',
  'delivery.delivered',
  'delivery.failed',
  'delivery.unconfirmed',
  'delivery.fallback',
] as const;
export type DeliveryEvent = (typeof DELIVERY_EVENTS)[number];

/** What happens to an application's traffic as a whole. */
export const TRAFFIC_EVENTS = ['limit.tripped', 'fraud.tripped', 'fraud.cleared', 'spend.reached'] as const;
export type TrafficEvent = (typeof TRAFFIC_EVENTS)[number];

/** What happens to what a subject has enrolled: each may be told to the person it belongs to (NIST SP 800-63B 4.6). */
export const FACTOR_EVENTS = [
  'factor.created',
  'factor.activated',
  'factor.imported',
  'factor.renamed',
  'factor.removed',
  'factor.codes-created',
  'factor.code-used',
  'factor.codes-low',
  'factor.codes-voided',
] as const;
export type FactorEvent = (typeof FACTOR_EVENTS)[number];

/** What its administrator sends to try an endpoint: to that one alone, whatever it listens to. */
export const TEST_EVENT = 'webhook.test';

/** Everything an application's webhook can be told. */
export const EVENT_TYPES = [
  ...VERIFICATION_EVENTS,
  ...DELIVERY_EVENTS,
  ...FACTOR_EVENTS,
  ...TRAFFIC_EVENTS,
  TEST_EVENT,
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
