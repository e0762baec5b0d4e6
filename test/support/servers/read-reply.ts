/** An answer of Redis: a text, a number, nothing, or a list of those; what Redis refuses is an `Error` with its words. */
export type Reply = string | number | null | Error | Reply[];

interface Read {
  reply: Reply;
  /** Where the next answer begins. */
  end: number;
}

/**
 * Reads one answer of protocol RESP2 (https://redis.io/docs/latest/develop/reference/protocol-spec/).
 *
 * @param text Redis's bytes as latin1, so that a length in bytes is a length in characters.
 * @returns null where the answer is not complete yet.
 */
export function readReply(text: string, from = 0): Read | null {
  const lineEnd = text.indexOf('\r\n', from);
  if (lineEnd < 0) return null;
  const line = text.slice(from + 1, lineEnd);
  const end = lineEnd + 2;
  switch (text[from]) {
    case '+':
      return { reply: line, end };
    case '-':
      return { reply: new Error(line), end };
    case ':':
      return { reply: Number(line), end };
    case '$':
      return readText(text, end, Number(line));
    case '*':
      return readList(text, end, Number(line));
    default:
      throw new Error(`not RESP2: ${text.slice(from, lineEnd)}`);
  }
}

function readText(text: string, from: number, length: number): Read | null {
  if (length < 0) return { reply: null, end: from };
  const end = from + length + 2;
  return text.length < end ? null : { reply: text.slice(from, from + length), end };
}

function readList(text: string, from: number, length: number): Read | null {
  if (length < 0) return { reply: null, end: from };
  const list: Reply[] = [];
  let end = from;
  while (list.length < length) {
    const next = readReply(text, end);
    if (!next) return null;
    list.push(next.reply);
    end = next.end;
  }
  return { reply: list, end };
}
