import { fill } from '../verification/domain/template-text.js';
import { wordsLookLikeLink } from '../verification/domain/verification.js';

const VALUES = { code: '0', sender: 'x', application: 'x', minutes: '0', purpose: 'x', amount: '0', payee: 'x' };

/**
 * Why the words of a template would be shown with a link; null when they would not. A message with a code never asks for a click:
 * whoever has learned that knows the others for a fraud, and a stolen key can not send any. The line for browsers is no part of it.
 */
export const linkProblem = (text: string): string | null =>
  wordsLookLikeLink(fill(text, VALUES))
    ? 'holds a link, or what is taken for one (a letter right behind a dot), and a message with a code has none'
    : null;

const ADDRESS = /[\w.+-]+@[\w.-]+/g;

/** The same for e-mails, which may say where to write to. */
export const mailLinkProblem = (words: string): string | null => linkProblem(words.replace(ADDRESS, ' '));

const TAG = /<[^>]*>/g;
/** What changes how words look within their line, and is in no reader's way. */
const INLINE_TAG = /<\/?(?:b|strong|i|em|u|small|span)\b[^>]*>/gi;

/** The same for the HTML of one: piece by piece, as mail programs look for links, and as people see it in one. */
export function htmlLinkProblem(html: string): string | null {
  const seen = html.replace(INLINE_TAG, '');
  return mailLinkProblem(html.replace(TAG, ' ')) ?? mailLinkProblem(seen.replace(TAG, ' '));
}
