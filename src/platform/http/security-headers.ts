import type { FastifyRequest } from 'fastify';

/** What we answer is data: were a browser to show it as a page, it could load nothing, run nothing and stand in no frame. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The API reference loads its own files, asks this service, and styles itself in its page. */
const REFERENCE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers for every answer (OWASP REST Security Cheat Sheet). HSTS is left to whoever terminates TLS. */
export function securityHeaders({ url }: Pick<FastifyRequest, 'url'>): Record<string, string> {
  return {
    'Content-Security-Policy': /^\/docs(\/|$|\?)/.test(url) ? REFERENCE_POLICY : DATA_POLICY,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(url.startsWith('/v1/') && { 'Cache-Control': 'no-store' }),
  };
}
