/**
 * What a replay of a check with the same idempotency key is told, as the hot store keeps it: the outcome and the digest of the
 * code that was submitted, never the code.
 */
export type Answer = { kind: 'wrong'; attemptsLeft: number; digest: string } | { kind: 'approved'; digest: string };

export function writeAnswer(answer: Answer): string {
  return answer.kind === 'wrong'
    ? `wrong|${String(answer.attemptsLeft)}|${answer.digest}`
    : `approved|${answer.digest}`;
}

/** Null for anything that is not an answer, such as the mark of a request still in flight. */
export function readAnswer(text: string): Answer | null {
  const [kind, ...rest] = text.split('|');
  if (kind === 'approved') return { kind, digest: rest[0] ?? '' };
  if (kind === 'wrong') return { kind, attemptsLeft: Number(rest[0]), digest: rest[1] ?? '' };
  return null;
}
