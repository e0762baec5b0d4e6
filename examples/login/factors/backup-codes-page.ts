import type { User } from '../users/users.js';
import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import type { News } from './kept-in-session.js';
import { newsLine } from './news-line.js';

interface Shown {
  codes: readonly string[];
  of: User;
  news: News | undefined;
}

/** The only time that new backup codes are seen: to print, to copy, or to write down. */
export function backupCodesPage(words: Words, { codes, of, news }: Shown): Html {
  const { list, copied } = words.factors;
  return page(
    words,
    list.title,
    html`<script type="module" src="/keep.js"></script>
      ${newsLine(words, news)}
      <p>${list.lead}</p>
      <section class="paper" aria-labelledby="whose">
        <h2 id="whose">${list.of(of.name)}</h2>
        <ol id="codes" class="codes">
          ${codes.map((code) => html`<li><code>${code}</code></li>`)}
        </ol>
      </section>
      <p>
        <button type="button" hidden data-copies="codes">${list.copy}</button>
        <button type="button" hidden data-prints>${list.print}</button>
        <span role="status" data-copied="${copied}"></span>
      </p>
      <form method="post" action="/factors/codes/kept">
        ${submissionField()}<button class="primary">${list.kept}</button>
      </form>`,
  );
}
