import type { BegunEnrolment } from 'einmal/client';
import { CODE_FIELDS } from '../second-step/code-field.js';
import { answerTo } from '../second-step/trouble.js';
import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import type { News } from './kept-in-session.js';
import { newsLine } from './news-line.js';

/** A new authenticator: to scan, to open, or to type; then its first code, without which it is none. */
export function enrolPage(words: Words, enrolment: BegunEnrolment, news: News | undefined): Html {
  const { enrolment: say, add } = words.factors;
  const isWrong = news !== undefined && 'trouble' in news && answerTo(news.trouble).next === 'type';
  return page(
    words,
    add,
    html`<script type="module" src="/keep.js"></script>
      <h2>${say.scan}</h2>
      <p><img class="qr" src="${asImage(enrolment.qr)}" width="240" height="240" alt="${say.qr}" /></p>
      <p>${say.orOpen} <a href="${enrolment.uri}">${say.open}</a></p>
      <p>${say.orType}</p>
      <p><code id="key" data-plain="${enrolment.secret}">${inFours(enrolment.secret)}</code></p>
      <p class="hint">${say.keyHint} ${say.shownOnce}</p>
      <p>
        <button type="button" hidden data-copies="key">${say.copyKey}</button>
        <span role="status" data-copied="${words.factors.copied}"></span>
      </p>
      <form method="post" action="/factors/new">
        ${submissionField()} ${newsLine(words, news)}
        <label for="code">${say.confirm}</label>
        <input
          id="code"
          name="code"
          type="text"
          ${CODE_FIELDS.totp.attributes}
          title="${words.code.ways.totp.pattern}"
          required
          spellcheck="false"
          aria-describedby="problem"
          ${isWrong && html`aria-invalid="true" autofocus`}
        />
        <button class="primary">${say.submit}</button>
      </form>
      <form method="post" action="/factors/new/cancel">${submissionField()}<button>${say.cancel}</button></form>`,
  );
}

/** Not into the page itself: an image runs nothing, whatever it holds. */
const asImage = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** As people read it; apps take it with spaces. */
const inFours = (secret: string) => secret.replaceAll(/.{4}(?=.)/g, '$& ');
