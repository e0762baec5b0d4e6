let phones = 0;
let networks = 0;

/** Blocks of ten thousand numbers, and how many numbers of each end as they are told to. */
const BLOCKS = 10_000;
const OF_EACH_BLOCK = 100;
const NETWORKS_OF_AN_OCTET = 65_536;
const OCTETS = { first: 11, last: 99 };

/** A German mobile number nobody has used yet. @param ending two digits, by which the gateway knows how to treat it */
export const newPhone = (ending = '00'): string => phoneAt(phones++, ending);

/** An address in a network (/24) that nobody else's is in. */
export const newAddress = (): string => addressAt(networks++);

/**
 * The `n`-th number: ten thousand in a row are each in a block that no other of them is in.
 *
 * @throws when there are no more, since a number that comes again is somebody else's.
 */
export function phoneAt(n: number, ending: string): string {
  if (n >= BLOCKS * OF_EACH_BLOCK) throw new Error(`all ${String(BLOCKS * OF_EACH_BLOCK)} numbers are used up`);
  return `+49151${digits(n % BLOCKS, 4)}${digits(Math.floor(n / BLOCKS), 2)}${ending}`;
}

/** The `n`-th network's address. @throws when there are no more. */
export function addressAt(n: number): string {
  const octet = OCTETS.first + Math.floor(n / NETWORKS_OF_AN_OCTET);
  if (octet > OCTETS.last) throw new Error(`all networks up to ${String(OCTETS.last)}.255.255.0 are used up`);
  return `${String(octet)}.${String(Math.floor(n / 256) % 256)}.${String(n % 256)}.7`;
}

/** The `n`-th number of a block of ten thousand. */
export const numberOf = (block: string, n: number): string => `${block}${digits(n, 4)}`;

/** Another code for each `n`, never the right one within ten tries. */
export const wrong = (code: string, n: number): string =>
  digits((Number(code) + 1 + (n % 9)) % 10 ** code.length, code.length);

/** How many of these were answered with a status. */
export const answered = (status: number, replies: { status: number }[]): number =>
  replies.filter((reply) => reply.status === status).length;

/** Does something for each of many, `atOnce` of them at a time. @returns what came of each, in order. */
export async function inTurns<Each, T>(
  all: readonly Each[],
  atOnce: number,
  act: (each: Each, n: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const waiting = all.entries();
  const worker = async () => {
    for (const [n, each] of waiting) results[n] = await act(each, n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

const digits = (n: number, count: number) => String(n).padStart(count, '0');
