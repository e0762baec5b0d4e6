import { sentence } from '../second-step/trouble.js';
import { html, type Html } from '../web/html.js';
import type { Words } from '../words/words.js';
import type { News } from './kept-in-session.js';

/** What became of the last thing asked for; a screen reader says it as the page opens. */
export function newsLine(words: Words, news: News | undefined): Html {
  const good = news && 'done' in news && words.factors.done[news.done];
  const bad = news && 'trouble' in news && sentence(words, news.trouble);
  return html`<p class="good" role="status">${good}</p>
    <p id="problem" class="problem" role="alert">${bad}</p>`;
}
