import type { Request } from 'express';
import { submissionOf } from '../web/form.js';
import { wordsFor } from '../words/words.js';
import type { Asker } from './second-step.js';

/** Limits count by the address that Express believes: set `trust proxy` to your proxies, or everybody comes from one of them. */
export function askerOf(request: Request): Asker {
  return {
    endUser: { ip: request.ip, userAgent: request.get('user-agent')?.slice(0, 500) },
    locale: wordsFor(request).locale,
    submission: submissionOf(request),
  };
}
