import type { Factor } from 'einmal/client';
import { submissionField } from '../web/form.js';
import { html, type Html } from '../web/html.js';
import { page } from '../web/page.js';
import type { Words } from '../words/words.js';
import type { News } from './kept-in-session.js';
import { newsLine } from './news-line.js';

/** So few that new ones should be made; the service sends `factor.codes-low` then. */
const FEW_CODES = 3;

/** The person's authenticators and how many backup codes are left; all that can be done about them. */
export function factorsPage(words: Words, theirs: readonly Factor[], news: News | undefined): Html {
  const { factors, pay } = words;
  const apps = theirs.filter(({ channel }) => channel === 'totp');
  const codes = theirs.find(({ channel }) => channel === 'backup-code');
  return page(
    words,
    factors.title,
    newsLine(words, news),
    html`<p>${factors.lead}</p>
      <h2>${factors.apps}</h2>
      ${
        apps.length > 0
          ? html`<ul class="factors">
              ${apps.map((app) => oneOf(words, app, apps.length === 1))}
            </ul>`
          : html`<p>${factors.none}</p>`
      }
      <form method="post" action="/factors/add">
        ${submissionField()}
        <label for="label">${factors.name}</label>
        <input id="label" name="label" maxlength="64" autocomplete="off" aria-describedby="label-hint" />
        <p id="label-hint" class="hint">${factors.nameHint}</p>
        <button class="primary">${apps.length > 0 ? factors.another : factors.add}</button>
      </form>
      <h2>${factors.codes}</h2>
      ${theirs.length > 0 ? codesLeft(words, codes?.codesLeft ?? 0) : html`<p>${factors.noCodes}</p>`}
      <p><a href="/">${pay.toAccount}</a></p>`,
  );
}

function oneOf({ factors, date }: Words, { id, label, activatedAt, lastUsedAt }: Factor, isOnly: boolean): Html {
  const name = label ?? factors.unnamed;
  const used = lastUsedAt === null ? factors.neverUsed : factors.lastUsed(date(lastUsedAt));
  return html`<li>
    <strong>${name}</strong>
    <p class="hint">${activatedAt !== null && factors.added(date(activatedAt))} ${used}</p>
    <details>
      <summary>${factors.manage(name)}</summary>
      <form method="post" action="/factors/rename">
        ${submissionField()}
        <input type="hidden" name="id" value="${id}" />
        <label for="label-${id}">${factors.newName(name)}</label>
        <input id="label-${id}" name="label" value="${label}" maxlength="64" autocomplete="off" required />
        <button>${factors.rename}</button>
      </form>
      <form method="post" action="/factors/remove">
        ${submissionField()}
        <input type="hidden" name="id" value="${id}" />
        <button>${factors.remove(name)}</button>
        ${isOnly && html`<p class="hint">${factors.lastTakesCodes}</p>`}
      </form>
    </details>
  </li>`;
}

function codesLeft({ factors }: Words, count: number): Html {
  return html`<p>${factors.codesLeft(count)} ${count <= FEW_CODES && factors.fewCodes}</p>
    <form method="post" action="/factors/renew-codes">
      ${submissionField()}
      <button ${count > 0 && html`aria-describedby="void"`}>${factors.newCodes}</button>
      ${count > 0 && html`<p id="void" class="hint">${factors.newCodesHint}</p>`}
    </form>`;
}
