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
  /**
   * What a person sends who has waited long enough: nothing (there is no button), another text, the timer's next channel at once,
   * or the channel they would rather have.
   */
  button: 'none' | 'same' | 'next' | 'choice';
}

const ALL: Channel[] = ['sms', 'voice', 'email'];

const smsOnly = { name: 'SMS only', plan: ['sms'] as Channel[], reportTimeoutSeconds: 60, hears: true };
const timer = { name: 'fixed 180 s', plan: ALL, reportTimeoutSeconds: 180, hears: false };
const ours = { name: 'Einmal', plan: ALL, reportTimeoutSeconds: 60, hears: true };

/** Each policy by itself, and again where people help themselves. */
export const POLICIES: Policy[] = [
  { ...smsOnly, button: 'none' },
  { ...timer, button: 'none' },
  { ...ours, button: 'none' },
  { ...smsOnly, name: 'SMS only, with button', button: 'same' },
  { ...timer, name: 'fixed 180 s, with button', button: 'next' },
  { ...ours, name: 'Einmal, with button', button: 'choice' },
];
