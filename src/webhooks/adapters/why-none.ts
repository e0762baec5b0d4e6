/** First of these that an error's code begins with. */
const BY_CODE: [string, string][] = [
  ['ADDRESS_NOT_ALLOWED', 'its address is not allowed'],
  ['ENOTFOUND', 'its name has no address'],
  ['ENODATA', 'its name has no address'],
  ['EAI_', 'its name could not be looked up'],
  ['ESERVFAIL', 'its name could not be looked up'],
  ['ETIMEOUT', 'its name could not be looked up'],
  ['ECONNREFUSED', 'refused the connection'],
  ['EHOSTUNREACH', 'can not be reached'],
  ['ENETUNREACH', 'can not be reached'],
  ['UND_ERR_CONNECT_TIMEOUT', 'did not take the connection in time'],
  ['ETIMEDOUT', 'did not take the connection in time'],
  ['UND_ERR_HEADERS_TIMEOUT', 'did not answer in time'],
  ['CERT_', 'its certificate is not valid'],
  ['ERR_TLS_', 'its certificate is not valid'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not valid'],
  ['SELF_SIGNED_CERT', 'its certificate is not valid'],
  ['UNABLE_TO_', 'its certificate is not valid'],
  ['ERR_SSL_', 'does not speak TLS as it should'],
];

const OTHERWISE = 'the connection was lost';

/** Why a receiver did not answer, in words that tell its owner what to mend and repeat nothing that came over the wire. */
export function whyNone(error: unknown): string {
  if (!(error instanceof Error)) return OTHERWISE;
  if (error.name === 'TimeoutError') return 'did not answer in time';
  // Of several addresses that were tried, each with an error of its own, the first says enough.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return BY_CODE.find(([start]) => code.startsWith(start))?.[1] ?? OTHERWISE;
}
