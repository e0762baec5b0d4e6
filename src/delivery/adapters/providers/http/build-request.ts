import type { SmsEncoding } from '../../../domain/sms-text.js';
import type { OutgoingRequest } from '../../outgoing-http.js';
import { forEncoding, type ByEncoding } from './by-encoding.js';
import { inLatin1Form, inLine, inUrl, inXml, isHeaderSafe, isLatin1 } from './escape.js';
import { fillJson } from './json-body.js';
import type { RequestDescription } from './request.js';
import { fill, type Template, type Values } from './template.js';

type Fields = Record<string, Template | ByEncoding<Template>>;
type Escape = (value: string) => string;

/**
 * The request for one message, every value escaped for where it stands.
 *
 * @returns null when the request can not carry it: a character that a header or Latin-1 does not hold.
 */
export function buildRequest(
  request: RequestDescription,
  { values, encoding, headers: common }: { values: Values; encoding: SmsEncoding; headers: Record<string, string> },
): OutgoingRequest | null {
  const filled = (fields: Fields = {}, escape: Escape): [string, string][] =>
    Object.entries(fields).flatMap(([name, field]) => {
      const template = forEncoding(field, encoding);
      return template ? [[name, fill(template, values, escape)] as [string, string]] : [];
    });
  const query = filled(request.query, inUrl).map(([name, value]) => `${inUrl(name)}=${value}`);
  const url = fill(request.url, values, inUrl);
  const content = contentOf(request, { values, encoding, filled });
  const own = Object.fromEntries(filled(request.headers, (value) => value));
  const headers = withoutRepeats({ ...content?.headers, ...common }, own);
  if (!Object.values(headers).every(isHeaderSafe) || content?.body === null) return null;
  return {
    method: request.method ?? (content ? 'POST' : 'GET'),
    url: query.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`,
    headers,
    ...(content && { body: content.body }),
  };
}

interface Content {
  headers: Record<string, string>;
  /** Null when the charset does not hold it. */
  body: string | Buffer | null;
}

function contentOf(
  { form, json, xml, text, charset }: RequestDescription,
  rest: { values: Values; encoding: SmsEncoding; filled: (fields: Fields, escape: Escape) => [string, string][] },
): Content | undefined {
  const { values, encoding, filled } = rest;
  const latin1 = charset === 'iso-8859-1';
  const of = (type: string, body: Content['body']) => ({ headers: { 'Content-Type': type }, body });
  if (form) {
    const escape = latin1 ? inLatin1Form : inUrl;
    const pairs = filled(form, escape).map(([name, value]) => `${inUrl(name)}=${value}`);
    return of('application/x-www-form-urlencoded', latin1 && !isLatin1(usedIn(form, rest)) ? null : pairs.join('&'));
  }
  if (json) return of('application/json', JSON.stringify(fillJson(json, values, encoding)));
  if (xml) return of('application/xml; charset=utf-8', fill(xml, values, inXml));
  const template = text && forEncoding(text, encoding);
  if (!template) return undefined;
  // The text alone is the whole body; beside other things, nothing may begin a line of its own.
  const plain = fill(template, values, template.length === 1 ? (value) => value : inLine);
  if (!latin1) return of('text/plain; charset=utf-8', plain);
  return of('text/plain; charset=iso-8859-1', isLatin1([plain]) ? Buffer.from(plain, 'latin1') : null);
}

/** The values that really stand in a form: what is not sent may be anything. */
function usedIn(fields: Fields, { values, encoding }: { values: Values; encoding: SmsEncoding }): string[] {
  const templates = Object.values(fields).flatMap((field) => forEncoding(field, encoding) ?? []);
  return [fill(templates.flat(), values, (value) => value)];
}

/** The operator's own headers go before ours, whatever their spelling. */
function withoutRepeats(ours: Record<string, string>, own: Record<string, string>): Record<string, string> {
  const names = Object.keys(own).map((name) => name.toLowerCase());
  const kept = Object.entries(ours).filter(([name]) => !names.includes(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}
