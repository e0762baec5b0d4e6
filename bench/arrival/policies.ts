import type { Channel } from '../../src/shared/channel.js';

/** How long a code lives: the service's own default. */
export const LIFE_MS = 300_000;

/** A way of getting a code to people, as an application's settings and what the button "send it again" offers. */
export interface Policy {
  /** Also the application's name. */
  name: string;
  plan: Channel[];
  reportTimeoutSeconds: number;
  /**
   * Whether reports come, and submits can be refused at once. A timer that looks at neither is what a service is that takes every
   * message, says nothing, and has the next step due at a fixed time.
   */
  hears: boolean;
  /** What the button sends: nothing (there is none), the same again, or what the person would rather have. */
  button: 'none' | 'same' | 'choice';
}

const ALL: Channel[] = ['sms', 'voice', 'email'];

const automatic = [
  { name: 'SMS only', plan: ['sms'] as Channel[], reportTimeoutSeconds: 60, hears: true },
  { name: 'fixed 180 s', plan: ALL, reportTimeoutSeconds: 180, hears: false },
  { name: 'Einmal', plan: ALL, reportTimeoutSeconds: 60, hears: true },
];

/** Each policy by itself, and again where people help themselves: with the others' button for more of the same, with ours for another way. */
export const POLICIES: Policy[] = [
  ...automatic.map((policy) => ({ ...policy, button: 'none' as const })),
  ...automatic.map((policy) => ({
    ...policy,
    name: `${policy.name}, with button`,
    button: policy.name === 'Einmal' ? ('choice' as const) : ('same' as const),
  })),
];
