import type { Response } from 'express';

/** Sends the browser on with a GET, so that reloading what comes then sends no form again (RFC 9110, 15.4.4). */
export function seeOther(response: Response, path: string): Response {
  response.redirect(303, path);
  return response;
}
