import type { Request } from 'express';
import { submissionOf } from '../web/form.js';
import { wordsFor } from '../words/words.js';
import type { Asker } from './second-step.js';

/** Limits count by the address that Express believes: set `trust proxy` to your proxies, or everybody comes from one of them. */
export function askerOf(request: Request): Asker {
  const [ip] = request.ip?.split('%') ?? [];
  const userAgent = /^[ -~]{1,500}/.exec(request.get('user-agent') ?? '')?.[0];
  return { endUser: { ip, userAgent }, locale: wordsFor(request).locale, submission: submissionOf(request) };
}
