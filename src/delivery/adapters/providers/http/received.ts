import { XMLParser } from 'fast-xml-parser';

/** What a gateway has sent us, as an answer or as a report. Each way to read it is tried at most once, when it is asked for. */
export class Received {
  private parsed: { json?: unknown; xml?: unknown; form?: Record<string, string> } = {};

  constructor(
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string,
    readonly query: Readonly<Record<string, string>> = {},
  ) {}

  /** Undefined when it is no JSON. */
  get json(): unknown {
    if (!('json' in this.parsed)) this.parsed.json = parseJson(this.body);
    return this.parsed.json;
  }

  /** Undefined when it is no XML. Attributes are named `@name`, the text beside them `#text`. */
  get xml(): unknown {
    if (!('xml' in this.parsed)) this.parsed.xml = parseXml(this.body);
    return this.parsed.xml;
  }

  get form(): Record<string, string> {
    this.parsed.form ??= Object.fromEntries(new URLSearchParams(this.body.trim()));
    return this.parsed.form;
  }

  /** Somebody else's page: a hotel's network, a proxy, a login. No gateway's answer is one. */
  get isWebPage(): boolean {
    return /^\s*(?:<!doctype html|<html)\b/i.test(this.body);
  }
}

/** A string, or a number where it is written. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Numbers stay as they are written: an id of nineteen digits is more than a JavaScript number holds. */
function parseJson(text: string): unknown {
  const document = firstDocument(text);
  try {
    return JSON.parse(document.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)));
  } catch {
    return undefined;
  }
}

/** Up to where the first object or list ends: of an answer that was cut off, or goes on forever, that is what counts. */
function firstDocument(text: string): string {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else continue;
    if (depth === 0) return text.slice(0, index + 1);
  }
  return text;
}

/** No entities and no document types: what they stand for could be anything, or endless. Values stay text. */
const XML = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, ignoreDeclaration: true },
  ...{ parseTagValue: false, parseAttributeValue: false, processEntities: false, ignorePiTags: true },
});

function parseXml(text: string): unknown {
  if (!/^\s*</.test(text) || /<!(?:DOCTYPE|ENTITY)/i.test(text)) return undefined;
  try {
    return XML.parse(text);
  } catch {
    return undefined;
  }
}
