let phones = 0;

/** A German mobile number nobody has used yet, in a block of ten thousand that nobody else's is in. */
export function newPhone(ending = '00'): string {
  phones += 1;
  return `+49151${String(1_000 + (phones % 9_000))}${String(phones % 100).padStart(2, '0')}${ending}`;
}

/** The `n`-th number of a block of ten thousand. */
export const numberOf = (block: string, n: number): string => `${block}${String(n).padStart(4, '0')}`;

/** Another code for each `n`, never the right one within ten tries. */
export const wrong = (code: string, n: number): string =>
  String((Number(code) + 1 + (n % 9)) % 10 ** code.length).padStart(code.length, '0');

/** How many of these were answered with a status. */
export const answered = (status: number, replies: { status: number }[]): number =>
  replies.filter((reply) => reply.status === status).length;
