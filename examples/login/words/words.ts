import type { Request } from 'express';
import { GERMAN } from './de.js';
import { ENGLISH } from './en.js';

/** Everything that a person reads, but for names and numbers. */
export type Words = typeof ENGLISH;

/** In the language that the person's browser asks for. */
export function wordsFor(request: Request): Words {
  return request.acceptsLanguages('en', 'de') === 'de' ? GERMAN : ENGLISH;
}
