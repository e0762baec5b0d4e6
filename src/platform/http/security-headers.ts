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

/** OWASP REST Security Cheat Sheet. HSTS is left to whoever terminates TLS. */
const ALWAYS = { 'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff' };

// Made once: every answer has them.
const ELSEWHERE = { 'Content-Security-Policy': DATA_POLICY, ...ALWAYS };
const API = { ...ELSEWHERE, 'Cache-Control': 'no-store' };
const REFERENCE = { 'Content-Security-Policy': REFERENCE_POLICY, ...ALWAYS };

/** Headers for every answer, by where it comes from. */
export function securityHeaders({ url }: Pick<FastifyRequest, 'url'>): Record<string, string> {
  if (url.startsWith('/v1/')) return API;
  return /^\/docs(\/|$|\?)/.test(url) ? REFERENCE : ELSEWHERE;
}
