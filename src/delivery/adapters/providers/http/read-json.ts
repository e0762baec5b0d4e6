/** What JSON is made of, but for strings: brackets, numbers, and what stands between them. */
const TOKEN = /[{}[\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-|[^"{}[\]\d-]+/y;

/**
 * Reads the first object or list of a text: of an answer that was cut off, or goes on forever, that is what counts. Numbers stay
 * as they are written: an id of nineteen digits is more than a JavaScript number holds.
 *
 * @param text may be anybody's: each of its characters is looked at once.
 * @returns undefined when it is no JSON.
 */
export function readJson(text: string): unknown {
  // The byte order mark that some systems begin with is no part of it (RFC 8259, 8.1).
  const document = firstDocument(text.replace(/^\uFEFF/, ''));
  if (document === undefined) return undefined;
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

/** Up to where the first object or list ends, with its numbers in quotes; undefined when a string does not end. */
function firstDocument(text: string): string | undefined {
  let document = '';
  let depth = 0;
  let end: number | undefined;
  for (let start = 0; start < text.length; start = end) {
    end = text.charAt(start) === '"' ? endOfString(text, start) : endOfToken(text, start);
    if (end === undefined) return undefined;
    const token = text.slice(start, end);
    document += /^-?\d/.test(token) ? `"${token}"` : token;
    if (token === '{' || token === '[') depth += 1;
    if ((token === '}' || token === ']') && (depth -= 1) === 0) break;
  }
  return document;
}

function endOfString(text: string, start: number): number | undefined {
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') return index + 1;
    if (character === '\\') index += 1;
  }
  return undefined;
}

function endOfToken(text: string, start: number): number {
  TOKEN.lastIndex = start;
  return TOKEN.test(text) ? TOKEN.lastIndex : text.length;
}
