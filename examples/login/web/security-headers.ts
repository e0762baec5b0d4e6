import type { RequestHandler } from 'express';

const HEADERS = {
  // Scripts and styles are files of ours; nothing inline, nothing from elsewhere, no frames.
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Only this page may read a code out of an SMS (WebOTP).
  'Permissions-Policy': 'otp-credentials=(self)',
  // Not `no-referrer`: forms would be posted with `Origin: null`.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  // The back button asks again, so that nobody sees a page of a login that is over, or of somebody who has signed out.
  'Cache-Control': 'no-store',
};

/** @param secure whether people come by https, and shall never come otherwise. */
export function securityHeaders(secure: boolean): RequestHandler {
  return (_request, response, next) => {
    response.set(HEADERS);
    if (secure) response.set('Strict-Transport-Security', 'max-age=31536000');
    next();
  };
}
