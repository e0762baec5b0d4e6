/** Why a code that was right once approves nothing: it was taken in for something else. */
export type WrongReason = 'already-used';

/**
 * What a replay of a check with the same idempotency key is told, as the hot store keeps it: the outcome and the digest of the
 * code that was submitted, never the code.
 */
export type Answer =
  | { kind: 'wrong'; attemptsLeft: number; digest: string; reason?: WrongReason | undefined }
  | { kind: 'approved'; digest: string };

export function writeAnswer(answer: Answer): string {
  if (answer.kind === 'approved') return `approved|${answer.digest}`;
  const { attemptsLeft, digest, reason } = answer;
  return ['wrong', attemptsLeft, digest, ...(reason ? [reason] : [])].join('|');
}

/** Until when the request that has an idempotency key is in flight, in epoch milliseconds; 0 for anything that is no such mark. */
export const inFlightUntil = (text: string): number => Number(/^in-flight\|(\d+)/.exec(text)?.[1] ?? 0);

/** Null for anything that is not an answer, such as the mark of a request still in flight. */
export function readAnswer(text: string): Answer | null {
  const [kind, ...rest] = text.split('|');
  if (kind === 'approved') return { kind, digest: rest[0] ?? '' };
  if (kind !== 'wrong') return null;
  const [attemptsLeft, digest = '', reason] = rest;
  return { kind, attemptsLeft: Number(attemptsLeft), digest, ...(reason === 'already-used' && { reason }) };
}
