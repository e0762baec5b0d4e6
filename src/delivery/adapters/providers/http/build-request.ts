import type { OutgoingRequest } from '../../outgoing-http.js';
import { forEncoding } from './by-encoding.js';
import { inLine, inUrl, inXml, isHeaderSafe, isLatin1 } from './escape.js';
import { fillFields, writeFields, type Filling } from './fields.js';
import { fillJson } from './json-body.js';
import type { RequestDescription } from './request.js';
import { fill } from './template.js';

/**
 * The request for one message, every value escaped for where it stands.
 *
 * @param common headers that the request's own go before.
 * @returns null when the request can not carry it: a character that a header or Latin-1 does not hold.
 */
export function buildRequest(
  request: RequestDescription,
  { common, ...filling }: Filling & { common: Record<string, string> },
): OutgoingRequest | null {
  const content = writeBody(request, filling);
  const query = writeFields(request.query ?? {}, filling, request.charset);
  const own = fillFields(request.headers ?? {}, filling);
  const headers = withoutRepeats({ ...content?.headers, ...common }, own);
  if (query === null || content?.body === null || !Object.values(headers).every(isHeaderSafe)) return null;
  const url = fill(request.url, filling.values, inUrl);
  return {
    method: request.method ?? (content ? 'POST' : 'GET'),
    url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`,
    headers,
    ...(content && { body: content.body }),
  };
}

interface Content {
  headers: Record<string, string>;
  /** Null when the charset does not hold it. */
  body: string | Buffer | null;
}

function writeBody({ form, json, xml, text, charset }: RequestDescription, filling: Filling): Content | undefined {
  const { values, encoding } = filling;
  const of = (type: string, body: Content['body']) => ({ headers: { 'Content-Type': type }, body });
  if (form) return of('application/x-www-form-urlencoded', writeFields(form, filling, charset));
  if (json) return of('application/json', JSON.stringify(fillJson(json, values, encoding)));
  if (xml) return of('application/xml; charset=utf-8', fill(xml, values, inXml));
  const template = text && forEncoding(text, encoding);
  if (!template) return undefined;
  // The text alone is the whole body; beside other things, nothing may begin a line of its own.
  const plain = fill(template, values, template.length === 1 ? (value) => value : inLine);
  if (charset === 'utf-8') return of('text/plain; charset=utf-8', plain);
  return of('text/plain; charset=iso-8859-1', isLatin1(plain) ? Buffer.from(plain, 'latin1') : null);
}

/** The operator's own headers go before ours, whatever their spelling. */
function withoutRepeats(ours: Record<string, string>, own: [string, string][]): Record<string, string> {
  const names = own.map(([name]) => name.toLowerCase());
  const kept = Object.entries(ours).filter(([name]) => !names.includes(name.toLowerCase()));
  return Object.fromEntries([...kept, ...own]);
}
