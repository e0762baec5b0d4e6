/** Where messages may be sent. */
export abstract class EndpointUrls {
  /** @returns what speaks against an address and what to do, in words; null when nothing does. */
  abstract problemOf(url: string): string | null;
}
