import type { FactorChannel } from '../../shared/channel.js';

/** An authenticator is `pending` until a code of it was typed in; only then is it a factor (R71). */
export const FACTOR_STATUSES = ['pending', 'active'] as const;
export type FactorStatus = (typeof FACTOR_STATUSES)[number];

/** How many authenticators a subject can have: a guess is compared with every one of them. */
export const MOST_AUTHENTICATORS = 5;

export const TOTP_ALGORITHMS = ['SHA1', 'SHA256', 'SHA512'] as const;
export type TotpAlgorithm = (typeof TOTP_ALGORITHMS)[number];

export const TOTP_DIGITS = [6, 7, 8] as const;

/** How long codes of an authenticator may be shown. */
export const PERIOD_SECONDS = { least: 15, most: 60 };

/** How an authenticator makes its codes (RFC 6238). What apps can do without asking is SHA-1, 6 digits and 30 s. */
export interface TotpParameters {
  algorithm: TotpAlgorithm;
  digits: (typeof TOTP_DIGITS)[number];
  /** Seconds a code is shown for; see {@link PERIOD_SECONDS}. */
  period: number;
}

/** What a subject of an application has enrolled: an authenticator, or its backup codes. Its secret is elsewhere. */
export interface Factor {
  id: string;
  applicationId: string;
  subject: string;
  channel: FactorChannel;
  status: FactorStatus;
  /** What the person knows it by. */
  label: string | null;
  /** Null for backup codes. */
  totp: TotpParameters | null;
  /** How many backup codes are unused; null for an authenticator. */
  codesLeft: number | null;
  createdAt: Date;
  activatedAt: Date | null;
  /** When a code of it was last taken in for a verification. */
  lastUsedAt: Date | null;
}
