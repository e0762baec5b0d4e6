import type { TotpAlgorithm } from './factor.js';

/** How long a person has to type the first code of a new authenticator. */
export const ENROLMENT_SECONDS = 15 * 60;

/** Wrong codes that end an enrolment. */
export const ACTIVATION_TRIES = 10;

/** Bytes of a new secret: as long as the hash's output (RFC 6238 section 5.1), and never less than 160 bits (RFC 4226 R6, R70). */
export const SECRET_BYTES = { SHA1: 20, SHA256: 32, SHA512: 64 } satisfies Record<TotpAlgorithm, number>;

/** What somebody who changes a subject's factors is approved for beforehand (R73). */
export const CHANGE_PURPOSE = 'change-factors';

export const enrolmentEnd = (createdAt: Date): Date => new Date(createdAt.getTime() + ENROLMENT_SECONDS * 1_000);
