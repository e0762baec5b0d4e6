import type { CallOptions } from './http-client.js';

interface Call extends CallOptions {
  method: string;
  path: string;
}

/** What broken clients send instead of a check: the right code in every place where it does not belong. */
export function brokenChecks(id: string, code: string): Call[] {
  const path = `/v1/verifications/${id}/checks`;
  const bodies: unknown[] = [
    { code: Number(code) },
    { code: [code] },
    { code: { value: code } },
    { code: ` ${code}` },
    { code, also: code },
    { code: '123456', subject: code },
    code,
    JSON.stringify(code),
    `{"code":"${code}"`,
    `code=${code}`,
  ];
  const paths = [`/v1/verifications/${code}/checks`, `${path}/${code}`, `/v1/${code}`, `${path}?code=${code}`];
  const reports = [`/v1/reports/gateway/${code}/${code}`, `/v1/reports/gateway?d=2&A=${code}`, `/v1/reports/${code}`];
  return [
    ...bodies.map((body) => ({ method: 'POST', path, body })),
    ...[...paths, ...reports].map((elsewhere) => ({ method: 'POST', path: elsewhere, body: { code: '00' } })),
    ...[...paths, ...reports].map((elsewhere) => ({ method: 'GET', path: elsewhere })),
    { method: 'POST', path, body: { code: '00' }, key: code },
    { method: 'POST', path, body: { code: '00' }, headers: { 'idempotency-key': code } },
    { method: 'POST', path, body: code, headers: { 'content-type': 'text/plain' } },
  ];
}
