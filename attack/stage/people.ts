let phones = 0;
let networks = 0;

/** A German mobile number nobody has used yet, in a block of ten thousand that nobody else's is in. */
export function newPhone(ending = '00'): string {
  phones += 1;
  return `+49151${String(1_000 + (phones % 9_000))}${String(phones % 100).padStart(2, '0')}${ending}`;
}

/** An address in a network (/24) that nobody else's is in. */
export function newAddress(): string {
  networks += 1;
  return `10.${String(Math.floor(networks / 250) % 250)}.${String(networks % 250)}.7`;
}

/** The `n`-th number of a block of ten thousand. */
export const numberOf = (block: string, n: number): string => `${block}${String(n).padStart(4, '0')}`;

/** Another code for each `n`, never the right one within ten tries. */
export const wrong = (code: string, n: number): string =>
  String((Number(code) + 1 + (n % 9)) % 10 ** code.length).padStart(code.length, '0');

/** How many of these were answered with a status. */
export const answered = (status: number, replies: { status: number }[]): number =>
  replies.filter((reply) => reply.status === status).length;

/** Does something `times` times, `atOnce` of it at a time. @returns what came of each, in order. */
export async function inTurns<T>(times: number, atOnce: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < times; n = next++) results[n] = await act(n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
