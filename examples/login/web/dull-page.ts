import type { Words } from '../words/words.js';
import { html, type Html } from './html.js';
import { page } from './page.js';

/** When there is nothing else to show. */
export function dullPage(words: Words, sentence: string): Html {
  return page(words, sentence, html`<p><a href="/">${words.home.toStart}</a></p>`);
}
