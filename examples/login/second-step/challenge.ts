import type { Binding, StartedVerification } from 'einmal/client';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { User } from '../users/users.js';
import type { FactorChange } from './factor-change.js';
import type { Trouble } from './trouble.js';
import type { Way } from './ways.js';

/** What somebody has yet to prove. It stays on the server: a browser never names a verification. */
export interface Challenge {
  /** Stands in the page's forms, so that a page of an earlier challenge is noticed. It opens nothing. */
  readonly name: string;
  readonly user: User;
  readonly purpose: 'login' | 'payment' | 'change-factors';
  /** The payment that a code approves, and no other. */
  readonly binding?: Binding | undefined;
  /** The change that a code approves, likewise. */
  readonly change?: FactorChange | undefined;
  /** What the page asks for now. */
  way: Way;
  /** As the service last told it; absent as long as none could be started. */
  verification?: StartedVerification;
  /** Why no code is asked for now. */
  stopped?: Trouble | undefined;
  /** When a code may be sent that could not be now, because the last one to there is too young. ISO 8601. */
  mayStartAt?: string | undefined;
  /** To be said once, when the page is shown next. */
  notice?: Trouble | undefined;
}

declare module '../session/sessions.js' {
  interface Session {
    /** What somebody has yet to prove: who they are, or that they want a payment. */
    challenge?: Challenge | undefined;
  }
}

/** What a code is for, and whose it is. */
export type About = Pick<Challenge, 'user' | 'purpose' | 'binding' | 'change'>;

export function newChallenge(about: About): Challenge {
  return { name: randomUUID(), way: 'message', ...about };
}

/** Whether a code for just this is waited for: after a second click, or when somebody went back and comes again. */
export function isWaitingFor(challenge: Challenge, { user, purpose, binding, change }: About): boolean {
  if (challenge.user.id !== user.id || challenge.purpose !== purpose || !isOpen(challenge)) return false;
  return isDeepStrictEqual([challenge.binding, challenge.change], [binding, change]);
}

/** Whether a code is waited for, by the clock too: the service notes an end some seconds after it. */
export function isOpen({ verification, stopped }: Challenge): boolean {
  return !stopped && verification?.status === 'pending' && secondsUntil(verification.expiresAt) > 0;
}

/** Whole seconds from now; 0 for what is over. */
export function secondsUntil(instant: string): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000));
}
