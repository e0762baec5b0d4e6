import type { EinmalError } from 'einmal/client';
import type { Words } from '../words/words.js';

/** Why something did not go as hoped: any error of the client, or one of the things that this site notices by itself. */
export interface Trouble {
  code: EinmalError['code'] | 'not-a-code' | 'not-a-backup-code' | 'factor-locked' | 'other-tab';
  /** More about the code: `already-used`. */
  reason?: string;
  attemptsLeft?: number;
  retryAfterSeconds?: number | undefined;
}

/**
 * What a person does next: type another code (the sentence stands at the field), press a button of the same page again, ask for a
 * new code, begin with the password, or nothing, because it is done.
 */
export type Next = 'type' | 'press' | 'new-code' | 'start-over' | 'go-on';

interface Answer {
  next: Next;
  /** Of HTTP. */
  status: number;
  say: (words: Words, trouble: Trouble) => string;
}

const plain = (sentence: PlainSentence) => (words: Words) => words.trouble[sentence];
const answer = (next: Next, status: number, say: Answer['say']): Answer => ({ next, status, say });

const noAnswer = answer('press', 503, plain('noAnswer'));
const sendAgain = answer('press', 409, plain('sendAgain'));
/** The configuration or the request of this site is wrong. A person can do nothing about it, and it is logged. */
const ourFault = answer('press', 500, plain('ourFault'));

/** A code that the client gains does not compile until somebody has thought of what a person does then. */
const ANSWERS: Record<Trouble['code'], Answer> = {
  'wrong-code': answer('type', 422, ({ trouble, code }, { attemptsLeft = 0, reason }) =>
    (reason === 'already-used' ? trouble.usedCode : trouble.wrongCode)(code.attemptsLeft(attemptsLeft)),
  ),
  'not-a-code': answer('type', 422, plain('notACode')),
  'not-a-backup-code': answer('type', 422, plain('notABackupCode')),

  cooldown: answer('press', 429, (words, { retryAfterSeconds = 1 }) =>
    words.trouble.tooSoon(words.time(retryAfterSeconds)),
  ),
  // Without a time, waiting does not help: all messages of this verification are used up.
  'rate-limited': answer('press', 429, (words, { retryAfterSeconds: seconds }) =>
    seconds === undefined ? words.trouble.noMoreCodes : words.trouble.tooOften(words.time(seconds)),
  ),
  'factor-locked': answer('press', 429, (words, { retryAfterSeconds = 1 }) =>
    words.trouble.factorLocked(words.time(retryAfterSeconds)),
  ),
  'recipient-refused': answer('press', 422, plain('recipientRefused')),
  'no-channel': answer('press', 422, plain('noChannel')),
  'blocked-address': answer('press', 422, plain('elsewhere')),
  overloaded: answer('press', 503, plain('busy')),
  unavailable: noAnswer,
  network: noAnswer,
  timeout: noAnswer,
  'other-tab': answer('press', 409, plain('otherTab')),
  'idempotency-in-flight': sendAgain,
  'idempotency-mismatch': sendAgain,

  'too-many-factors': answer('press', 422, plain('tooManyFactors')),
  'enrolment-ended': answer('press', 410, plain('enrolmentEnded')),
  // The answer to the first time was lost, and with it the backup codes.
  'already-active': answer('press', 409, plain('codesUnseen')),
  // The last factor was removed, or the first one added, in another tab.
  'factor-proof-needed': sendAgain,

  expired: answer('new-code', 410, plain('expired')),
  canceled: answer('new-code', 410, plain('canceled')),
  'attempts-used-up': answer('start-over', 429, plain('attemptsUsedUp')),
  'not-found': answer('start-over', 410, plain('startAgain')),
  // A second click, or another tab: whoever was let in is in.
  'already-approved': answer('go-on', 410, plain('usedBefore')),

  aborted: ourFault,
  'application-disabled': ourFault,
  forbidden: ourFault,
  internal: ourFault,
  'invalid-request': ourFault,
  'invalid-token': ourFault,
  'link-in-text': ourFault,
  'no-price': ourFault,
  'template-lacks-channel': ourFault,
  'template-needs-binding': ourFault,
  'template-needs-purpose': ourFault,
  'text-too-long': ourFault,
  'token-expired': ourFault,
  'token-mismatch': ourFault,
  'token-used': ourFault,
  unauthorized: ourFault,
  unexpected: ourFault,
  'unknown-template': ourFault,
};

export const answerTo = ({ code }: Trouble): Answer => ANSWERS[code];

/** The sentence for a person, in their language. */
export const sentence = (words: Words, trouble: Trouble): string => answerTo(trouble).say(words, trouble);

/** Whether it may have been done all the same: asked again under the same name, the service answers as it would have. */
export const isUnclear = (trouble: Trouble): boolean => answerTo(trouble) === noAnswer;

/** Whether somebody who runs this site should hear of it. */
export const isOurFault = (trouble: Trouble): boolean => answerTo(trouble) === ourFault;

type PlainSentence = {
  [Name in keyof Words['trouble']]: Words['trouble'][Name] extends string ? Name : never;
}[keyof Words['trouble']];
