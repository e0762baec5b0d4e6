import { describe, expect, it } from 'vitest';
import { httpSchema } from './http-config.js';

const SEND = { url: 'https://gateway.example/send', json: { to: '{to}', text: '{text}' } };
const REPORTS = { status: { json: '$.status' } };

/** Its complaints as an operator reads them. */
function problems(over: object): string[] {
  const { error } = httpSchema.safeParse({ type: 'http', channel: 'sms', send: SEND, ...over });
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}
const send = (over: object) => problems({ send: { ...SEND, ...over } });

describe('the description of a gateway', () => {
  it('may be as short as what is sent', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    [{ url: 'https://{to}.example/' }, 'send.url: must be an http or https URL, whose host has no {variable}'],
    [{ url: 'https://gw.example{to}/' }, 'send.url: must be an http or https URL, whose host has no {variable}'],
    [{ url: 'ftp://gw.example/' }, 'send.url: must be an http or https URL, whose host has no {variable}'],
    [{ url: 'https://a:b@gw.example/' }, 'send.url: names and passwords belong into auth, not into the URL'],
    [{ url: 'https://gw.example/#x' }, 'send.url: must have no #'],
    [{ url: undefined }, 'send.url: is missing'],
    [{ method: 'GET' }, 'send.method: a GET has no body; use query'],
    [{ form: { a: '1' } }, 'send: must have one body at most, not form and json'],
    [{ headers: { Host: 'x' } }, 'send.headers.Host: is no header that can be set'],
    [{ headers: { 'X A': 'x' } }, 'send.headers.X A: is no header that can be set'],
    [{ headers: { 'X-A': 'ä' } }, 'send.headers.X-A: a header holds printable ASCII characters only'],
    [{ headers: { 'X-A': ['x'] } }, 'send.headers.X-A: must be a text'],
    [{ query: { a: '{' } }, 'send.query.a: a brace that belongs to no {variable} must be doubled: {{ or }}'],
    [{ json: { to: '{to}' } }, 'send: the text stands nowhere: {text} or {textHex}'],
    [{ json: { text: '{text}' } }, 'send: the number stands nowhere: {to}, {toDigits} or {to00}'],
    [{ json: { to: '{to}', text: '{text}', from: '{from}' } }, 'from: must be set: send uses {from}'],
    [{ json: { to: '{to}', text: '{text}', dcs: '{encoding}' } }, 'encodings: must be set: send uses {encoding}'],
    [{ json: undefined, xml: '<a><b>{to}{text}</a>' }, 'send.xml: is not well-formed XML'],
    [
      { json: '{"to":"{to}","text":{text}}' },
      'send.json: is no JSON document; a variable stands in quotes, "{to}" or "{to:number}"',
    ],
    [
      { json: undefined, headers: { 'Content-Type': 'application/json' }, text: '{{"{to}":"{text}"}}' },
      'send.text: escapes nothing; use json, xml or form for this',
    ],
    [{ bdoy: 'x' }, 'send: Unrecognized key: "bdoy"'],
  ])('tells what is wrong with the request: %o', (over, problem) => {
    expect(send(over)).toEqual([problem]);
  });

  it('R8 says loudly when a text or a number would stand in a URL', () => {
    const inUrl = { url: 'https://gateway.example/{to}', json: undefined, query: { m: '{text}' } };
    expect(send(inUrl)).toEqual([expect.stringMatching(/^textInUrl: the text or the number would stand in the URL/)]);
    expect(problems({ send: inUrl, textInUrl: 'accepted' })).toEqual([]);
    expect(problems({ send: inUrl, textInUrl: true })).toHaveLength(1);
  });

  it.each([
    [{ values: { to: 'x' } }, 'values.to: is a variable of its own already; give it another name'],
    [{ values: { 'a b': 'x' } }, 'values.a b: a name is letters and digits'],
    [{ auth: {} }, 'auth: must have exactly one of basic, bearer'],
    [
      { accepted: { id: { json: 'id' } } },
      'accepted.id.json: a JSON path looks like $.messages[0].id; alternatives stand between " | "',
    ],
    [
      { accepted: { id: { xml: 'id' } } },
      'accepted.id.xml: an XML path looks like /response/message[1]/@id; alternatives stand between " | "',
    ],
    [{ accepted: { id: { regex: '(' } } }, 'accepted.id.regex: is no regular expression'],
    [
      { accepted: { id: { regex: '(a+)+$' } } },
      'accepted.id.regex: could take forever: the repeated group at character 1 holds a repetition or an alternative; ' +
        'write it once, without repeating the group, or as a class like [a-z,]+',
    ],
    [{ accepted: { id: {} } }, 'accepted.id: must have exactly one of json, xml, regex, query, form, header'],
    [
      { accepted: { id: { json: '$.a', regex: 'b' } } },
      'accepted.id: must have exactly one of json, xml, regex, query, form, header',
    ],
    [{ accepted: { is: [] } }, expect.stringMatching(/^accepted\.is: /)],
    [{ errors: { 1: 'asleep' } }, expect.stringMatching(/^errors\.1: must be throttled, quota/)],
    [{ statuses: { ok: 'deliverd' } }, expect.stringMatching(/^statuses\.ok: must be delivered, underway/)],
    [
      { reports: REPORTS },
      'send: {reportUrl} stands nowhere, so that nothing would be reported; or set reports.to: account',
    ],
    [
      { reports: { ...REPORTS, to: 'account', id: { query: 'id' } } },
      'reports: with to: account it must say what proves a report genuine: secret, signature or reference',
    ],
    [
      { reports: { ...REPORTS, to: 'account', secret: { query: 't', value: 'x'.repeat(16) } } },
      'reports: with to: account it must say which message is meant: id or reference',
    ],
    [
      { reports: { ...REPORTS, to: 'account', id: { query: 'id' }, secret: { query: 't', value: 'short' } } },
      'reports.secret.value: must have at least 16 characters',
    ],
    [
      { reports: { ...REPORTS, to: 'account', id: { query: 'id' }, secret: { query: 't', value: 'x'.repeat(16) } } },
      'accepted.id: must be set: reports name a message by its id',
    ],
    [
      { reports: { ...REPORTS, to: 'account', reference: { query: 'r' } } },
      'send: {reference} stands nowhere, so that it can not come back',
    ],
    [{ reports: { ...REPORTS, each: { query: 'x' } } }, 'reports.each: must be a json or an xml path'],
    [{ poll: { ...REPORTS, url: 'https://g.example/{id}' } }, 'accepted.id: must be set: poll asks by it'],
    [
      { poll: { ...REPORTS, url: 'https://g.example/{id}', each: { json: '$' } } },
      'poll: with each it must say whose each one is: id',
    ],
    [
      { accepted: { id: { json: '$.id' } }, poll: { ...REPORTS, url: 'https://g.example/' } },
      'poll: the id of the message stands nowhere: {id}',
    ],
    [
      { accepted: { id: { json: '$.id' } }, poll: { ...REPORTS, url: 'https://g.example/{id}/{to}' } },
      'poll: there is no variable {to}; there are id',
    ],
  ])('tells what is wrong with %o', (over, problem) => {
    expect(problems(over)).toContainEqual(problem);
  });

  it('tells the variables there are where one is misspelt', () => {
    const [problem = ''] = problems({ values: { key: 'x' }, send: { ...SEND, headers: { Key: '{kee}' } } });
    expect(problem).toMatch(/^send: there is no variable \{kee\}; there are to, toDigits, .*reportUrl, .*key$/);
  });

  it('never quotes a value: it may be a password', () => {
    const secret = 's3cret{';
    expect(JSON.stringify(send({ headers: { Key: secret }, query: { k: secret }, url: secret }))).not.toContain(
      's3cret',
    );
  });
});
