import type { Channel } from '../../shared/channel.js';
import { DomainError } from '../../shared/domain-error.js';
import type { WrongReason } from './answer.js';
import type { EndStatus } from './verification.js';

const NEVER_TWICE = 'Start a new verification.';

/** The limits that each verification has for itself: the growing pause between its messages, and how many there may be. */
const PAUSE = 'verification-pause';
const SENDS = 'verification-sends';

/** Why a verification that has ended answers nothing more; the same words on check, resend and cancel. */
export function endedAs(status: EndStatus, reason?: string): DomainError {
  const extras = { verificationStatus: status, ...(reason && { reason }) };
  switch (status) {
    case 'approved':
      return new DomainError(
        'gone',
        'already-approved',
        `This verification was approved before. ${NEVER_TWICE}`,
        extras,
      );
    case 'failed':
      return new DomainError('limited', 'attempts-used-up', `All attempts were used. ${NEVER_TWICE}`, {
        ...extras,
        attemptsLeft: 0,
      });
    case 'expired':
      return new DomainError('gone', 'expired', `The code is no longer valid. ${NEVER_TWICE}`, extras);
    case 'canceled':
      return new DomainError('gone', 'canceled', `This verification was canceled. ${NEVER_TWICE}`, extras);
  }
}

/** The codes that were sent can not be compared any more: Redis was wiped or failed over. The next one can be. */
export const stateLost = () => endedAs('expired', 'state-lost');

/** @param reason why it is not right any more, where it once was. */
export const wrongCode = (attemptsLeft: number, reason?: WrongReason) =>
  reason === undefined
    ? new DomainError('refused', 'wrong-code', 'This is not the code.', { attemptsLeft })
    : new DomainError('refused', 'wrong-code', 'This code was used before. Type the next one.', {
        attemptsLeft,
        reason,
      });

export const noChannel = (detail: string) => new DomainError('refused', 'no-channel', detail);

/** No address is in the way, but that the subject has no factor which could be used. */
export const noFactor = (detail: string) => new DomainError('refused', 'no-channel', detail, { reason: 'no-factor' });

/** The verification takes codes, or sends them, by other channels. */
export const otherChannel = (detail: string) =>
  new DomainError('refused', 'no-channel', detail, { reason: 'other-channel' });

/** @param templates those that there are. */
export const unknownTemplate = (name: string, templates: string[]) =>
  new DomainError('refused', 'unknown-template', `There is no template ${name}; there are ${templates.join(', ')}.`, {
    templates,
  });

/** @param purposes those that it has words for. */
export const templateNeedsPurpose = (name: string, purposes: string[]) =>
  new DomainError(
    'refused',
    'template-needs-purpose',
    `The template ${name} tells what its code is for. Give one of its purposes as "purpose": ${purposes.join(', ')}.`,
    { purposes },
  );

export const templateNeedsBinding = (name: string) =>
  new DomainError(
    'refused',
    'template-needs-binding',
    `The template ${name} tells an amount and a payee. Give them as "binding".`,
  );

export const templateWithoutChannel = (name: string, channels: Channel[]) =>
  new DomainError(
    'refused',
    'template-lacks-channel',
    `The template ${name} tells a payment and has no words for ${channels.join(' and ')}. Name other "channels".`,
    { channels },
  );

/** Phones make links of it, and whoever names a payee would lead people where he likes (R62). */
export const linkInText = (name: string) =>
  new DomainError('refused', 'link-in-text', `"binding.${name}" is told in the message and looks like a link.`);

/** What is told of a payment makes a text message longer than its template may become. */
export const textTooLong = (name: string, sizes: { segments: number; maxSegments: number }) =>
  new DomainError(
    'refused',
    'text-too-long',
    `With this binding, an SMS of the template ${name} would be ${String(sizes.segments)} messages, and may be ` +
      `${String(sizes.maxSegments)}. Shorten the payee; 7-bit characters take less than half of the room.`,
    sizes,
  );

export const noAddress = (channel: Channel) => noChannel(`"to" has no address for ${channel}.`);

/** Why screening keeps a channel out of a plan. */
export interface RefusedChannel {
  channel: Channel;
  reason: string;
  detail: string;
}

/**
 * The address may not be written to at all: its country, its kind of number or a list says so.
 *
 * @param everywhere what each channel was refused for, where there were several; told when they differ.
 */
export function recipientRefused(
  { reason, detail }: Omit<RefusedChannel, 'channel'>,
  everywhere: readonly RefusedChannel[] = [],
): DomainError {
  const differ = everywhere.some((refused) => refused.reason !== reason);
  return new DomainError('refused', 'recipient-refused', detail, {
    reason,
    ...(differ && { refusedChannels: everywhere }),
  });
}

/** The end user's address is on a block list. Nothing was compared, and nothing spent: the person may guess from elsewhere. */
export const blockedAddress = () =>
  new DomainError('refused', 'blocked-address', "The end user's address is on a block list. Nothing was compared.");

/** What it would cost is not known, and the application may spend only so much: a sum with a gap in it bounds nothing. */
export const noPrice = (channel: Channel) =>
  new DomainError(
    'refused',
    'no-price',
    `No price is known for ${channel}, and there is a cap on what may be spent. Set it with PUT /v1/admin/prices.`,
  );

/** A detector of fraud stands in the way. Which one is for the API key's holder only (R49). */
export const suspected = ({ reasons, retryAfterSeconds }: { reasons: string[]; retryAfterSeconds: number }) =>
  new DomainError('limited', 'rate-limited', 'This looks like abuse to a detector. Nothing was sent.', {
    retryAfterSeconds,
    violatedPolicies: reasons,
  });

/** Too many guesses at too many verifications come from one network. Nothing was compared. */
export const spraying = ({ reasons, retryAfterSeconds }: { reasons: string[]; retryAfterSeconds: number }) =>
  new DomainError('limited', 'rate-limited', 'Too many guesses at different verifications. Nothing was compared.', {
    retryAfterSeconds,
    violatedPolicies: reasons,
  });

export const cooldown = (retryAfterSeconds: number) =>
  new DomainError(
    'limited',
    'cooldown',
    'A message was sent a moment ago. Wait before asking for another.',
    { retryAfterSeconds, violatedPolicies: [PAUSE] },
    [{ name: PAUSE, max: 1, retryAfterSeconds }],
  );

/** They do not come back: there is no time to wait. */
export const sendsUsedUp = (maxSends: number) =>
  new DomainError(
    'limited',
    'rate-limited',
    `All sends of this verification were used. ${NEVER_TWICE}`,
    { violatedPolicies: [SENDS] },
    [{ name: SENDS, max: maxSends }],
  );

export const idempotencyMismatch = () =>
  new DomainError(
    'refused',
    'idempotency-mismatch',
    'This Idempotency-Key was used with another request. Use a new one.',
  );

/** @param forMs how long the first request may still be at work, where that is known; whoever asks after it is answered. */
export const idempotencyInFlight = (forMs = 1_000) =>
  new DomainError(
    'conflict',
    'idempotency-in-flight',
    'The first request with this Idempotency-Key is still being answered.',
    { retryAfterSeconds: Math.ceil(forMs / 1_000) },
  );
