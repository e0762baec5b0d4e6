/** How a value is written so that it stays one value where it stands. Half a surrogate pair, which nothing can carry, is replaced. */
type Escape = (value: string) => string;

/** A segment of a path, or a name or value of a query or a form: everything but letters, digits and `-_.!~*'()`. */
export const inUrl: Escape = (value) => encodeURIComponent(wellFormed(value));

/** The same for gateways of the Latin-1 age; what Latin-1 does not hold is seen before (`fits`). */
export const inLatin1Form: Escape = (value) =>
  Array.from(Buffer.from(value, 'latin1'), (byte) =>
    /[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${hex(byte)}`,
  ).join('');

/** Text or a quoted attribute (XML 1.0, 2.2 and 2.4). Characters that XML can not carry at all are left out. */
export const inXml: Escape = (value) =>
  wellFormed(value)
    // eslint-disable-next-line no-control-regex -- these are what XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"'\r\n\t]/g, (character) => `&#${String(character.charCodeAt(0))};`);

/** A line of a plain text: nothing begins another one. */
export const inLine: Escape = (value) => wellFormed(value).replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');

/** What a header can hold (RFC 9110, 5.5, without the obsolete part). */
export const isHeaderSafe = (value: string): boolean => /^[\x20-\x7e]*$/.test(value);

// eslint-disable-next-line no-control-regex -- the whole of Latin-1, its control characters included
export const isLatin1 = (value: string): boolean => /^[\u0000-\u00ff]*$/.test(value);

/** `String.toWellFormed`, which Node 20 has and the compiler's library not yet. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

const hex = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0');
