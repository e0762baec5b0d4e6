/** Randomness from the operating system's CSPRNG, behind a port so that domain code stays pure and tests can watch it. */
export abstract class Random {
  /** An identifier of 128 random bits behind a readable prefix: `ver_` + 22 URL-safe characters (ASVS 11.5.1 asks for 128). */
  abstract id(prefix: string): string;
  /** `length` decimal digits, each uniform and independent; leading zeros count (ASVS 6.5.3). */
  abstract digits(length: number): string;
  /** `size` random bytes. */
  abstract bytes(size: number): Buffer;
}
