import { XMLParser } from 'fast-xml-parser';
import { readJson } from './read-json.js';

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
    if (!('json' in this.parsed)) this.parsed.json = readJson(this.body);
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
