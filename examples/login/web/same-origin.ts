import type { RequestHandler } from 'express';

/**
 * Against forms on other sites that post here (CSRF). The browser itself says where a request comes from, in `Sec-Fetch-Site`, and
 * no page can change that. Browsers from before 2023 say it in `Origin`. Whoever says nothing is no browser with a person's cookie.
 *
 * Unlike a token in each form it needs no session, so it protects signing in too, and a page that was opened before another tab
 * signed in still works. The cookie's `SameSite` is the second fence.
 *
 * Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata headers".
 *
 * @param origin where people find this site.
 */
export function sameOriginOnly(origin: string): RequestHandler {
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const site = request.get('sec-fetch-site');
    const isOurs = site === undefined ? request.get('origin') === origin : site === 'same-origin';
    if (isRead || isOurs) next();
    else response.status(403).type('text').send('This form was not sent from our own pages.');
  };
}
