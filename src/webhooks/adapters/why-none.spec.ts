import { expect, it } from 'vitest';
import { whyNone } from './why-none.js';

const withCode = (code: string) => Object.assign(new Error('words of the other side'), { code });

it.each([
  [withCode('ENOTFOUND'), 'its name has no address'],
  [withCode('ECONNREFUSED'), 'refused the connection'],
  [new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]), 'refused the connection'],
  [new AggregateError([]), 'the connection was lost'],
  [withCode('ERR_TLS_CERT_ALTNAME_INVALID'), 'its certificate is not valid'],
  [withCode('UND_ERR_SOCKET'), 'the connection was lost'],
  [new DOMException('late', 'TimeoutError'), 'did not answer in time'],
  ['words of the other side', 'the connection was lost'],
])('%s: %s', (error, why) => {
  expect(whyNone(error)).toBe(why);
});
