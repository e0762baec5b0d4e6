import type { Approval, Einmal, EinmalError, StartVerification } from 'einmal/client';
import { isOpen, isWaitingFor, newChallenge, type About, type Challenge } from './challenge.js';
import { rememberLock } from './factor-lock.js';
import { noted } from './noted.js';
import { answerTo, type Trouble } from './trouble.js';
import { CHANNELS, FACTOR_CHANNELS, waysOf, type SentChannel } from './ways.js';

/** Who sits at the browser, as far as limits and messages need it. */
export interface Asker {
  endUser: { ip: string | undefined; userAgent: string | undefined };
  locale: string;
  /** The form that was sent; a second click on its button brings the same. */
  submission: string;
}

/** Einmal, for this site: each call tells what it came to, and the challenge remembers it. */
export class SecondStep {
  /** @param site where people find this site: browsers fill codes in only there (WebOTP). */
  constructor(
    private readonly einmal: Einmal,
    private readonly site: URL,
  ) {}

  /**
   * Begins what has yet to be proved: sends a code. Whoever is waited for already with a code for just that is waited for still;
   * what was begun for anything else is over.
   *
   * @param before what the session has had until now.
   */
  async begin(about: About, before: Challenge | undefined, asker: Asker): Promise<Challenge> {
    if (before && isWaitingFor(before, about)) return before;
    if (before) await this.drop(before);
    const challenge = newChallenge(about);
    await this.start(challenge, asker);
    return challenge;
  }

  /** Begins to wait for a code, and again when the last time is over. Who has an authenticator is sent none until they ask. */
  async start(challenge: Challenge, { endUser, locale, submission }: Asker): Promise<void> {
    const { user, purpose, binding } = challenge;
    const started = await this.einmal.startVerification(
      { ...this.waysTo(challenge), purpose, subject: user.id, binding, locale, endUser },
      { idempotencyKey: `${user.id}.${submission}` },
    );
    if (started.ok) {
      challenge.verification = started.data;
      challenge.way = waysOf(started.data)[0] ?? 'message';
    }
    challenge.stopped = started.ok ? undefined : noted(started.error);
    challenge.mayStartAt = started.ok ? undefined : endOfCooldown(started.error);
  }

  /** @returns the proof that the code was right. Nothing else lets anybody in. */
  async check(challenge: Challenge, code: string, { endUser, submission }: Asker): Promise<Approval | Trouble> {
    const { verification, user, purpose, binding, way } = challenge;
    if (!verification) return { code: 'not-found' };
    const channel = way === 'message' ? undefined : way;
    const checked = await this.einmal.checkCode(
      verification.id,
      { code, channel, purpose, subject: user.id, binding, endUser },
      { idempotencyKey: submission },
    );
    return checked.ok ? checked.data : remembered(challenge, lockOr(noted(checked.error)));
  }

  /** @param channel undefined: the one of the last message. */
  async sendAgain(challenge: Challenge, channel: SentChannel | undefined, { endUser }: Asker): Promise<Trouble | null> {
    if (!challenge.verification) return { code: 'not-found' };
    const sent = await this.einmal.resendCode(challenge.verification.id, { channel, endUser });
    if (!sent.ok) return remembered(challenge, noted(sent.error));
    challenge.verification = { ...challenge.verification, ...sent.data };
    challenge.way = 'message';
    return null;
  }

  /** What has become of the messages meanwhile. In trouble, what was known before still stands. */
  async refresh(challenge: Challenge): Promise<Trouble | null> {
    if (!challenge.verification || challenge.stopped) return null;
    const read = await this.einmal.readVerification(challenge.verification.id);
    if (!read.ok) return noted(read.error);
    challenge.verification = { ...challenge.verification, ...read.data };
    if (!isOpen(challenge)) challenge.stopped = { code: ENDED_BY[read.data.status] };
    return null;
  }

  /** A change of factors takes a factor's code: a message would let whoever has the phone number take the account over. */
  private waysTo({ purpose, user }: Challenge): Pick<StartVerification, 'to' | 'channels' | 'webOtpOrigin'> {
    if (purpose === 'change-factors') return { channels: [...FACTOR_CHANNELS] };
    const to = { phone: user.phone, ...(user.email !== null && { email: user.email }) };
    return { to, channels: [...CHANNELS], webOtpOrigin: this.site.hostname };
  }

  /** Nothing more is sent, and no code is good. If the service can not be told, the verification expires by itself. */
  private async drop(challenge: Challenge): Promise<void> {
    if (challenge.verification && isOpen(challenge)) await this.einmal.cancelVerification(challenge.verification.id);
  }
}

const ENDED_BY = {
  pending: 'expired',
  expired: 'expired',
  canceled: 'canceled',
  failed: 'attempts-used-up',
  approved: 'already-approved',
} as const;

function endOfCooldown(error: EinmalError): string | undefined {
  return error.code === 'cooldown' ? new Date(Date.now() + error.retryAfterSeconds * 1000).toISOString() : undefined;
}

/** Wrong guesses at factors are counted apart from those at messages: another way works still. */
const lockOr = (error: EinmalError): Trouble =>
  error.code === 'rate-limited' && error.reason === 'factor-locked' ? { ...error, code: 'factor-locked' } : error;

/** Keeps what a refusal tells of the verification: how many attempts are left, what is locked, and whether it is over. */
function remembered(challenge: Challenge, trouble: Trouble): Trouble {
  const { verification } = challenge;
  const { attemptsLeft } = trouble;
  if (verification && attemptsLeft !== undefined) challenge.verification = { ...verification, attemptsLeft };
  if (trouble.code === 'factor-locked') rememberLock(challenge, trouble);
  const isLast = trouble.code === 'wrong-code' && attemptsLeft === 0;
  const told: Trouble = isLast ? { code: 'attempts-used-up' } : trouble;
  if (['new-code', 'start-over'].includes(answerTo(told).next)) challenge.stopped = told;
  return told;
}
