import { ipKey } from './ip-key.js';

/**
 * An address as decisions keep it: as it is counted, an IPv6 by its /64, and written so that it can be counted again.
 *
 * @returns null when the text is not an address.
 */
export const recordedAddress = (ip: string): string | null => ipKey(ip)?.replace(/\/64$/, '') ?? null;
