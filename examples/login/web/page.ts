import type { Words } from '../words/words.js';
import { html, type Content, type Html } from './html.js';

/** One page of the site; `title` is its heading, too, which has the focus where nothing else on it wants it. */
export function page({ locale }: Words, title: string, ...parts: Content[]): Html {
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Example Shop</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header><p>Example Shop</p></header>
        <main>
          <h1>${title}</h1>
          ${parts}
        </main>
      </body>
    </html>`;
}
