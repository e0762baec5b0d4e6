/** A text in UCS-2 as gateways want it: two octets to a code unit, the high one first (3GPP TS 23.038, 6.2.3). */
export const inUcs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
