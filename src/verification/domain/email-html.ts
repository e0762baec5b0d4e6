import { directionOf } from './locales.js';
import { fill, type Values } from './template-text.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** Large, and easy to select: its digits stay together. */
const CODE = 'font-size:1.75em;letter-spacing:0.1em';

/** The part of an e-mail for those who read HTML, made of the words of its text: a blank line begins a paragraph. */
export const bodyOfText = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escape(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n');

/**
 * A page around the words: no colours, so that dark screens choose theirs; nothing that is loaded; readable without styles. Mail
 * programs that show it within a page of their own drop `html` and `body`, so that language and direction stand inside once more.
 */
function page(subject: string, body: string, locale: string): string {
  const language = `lang="${escape(locale)}" dir="${directionOf(locale)}"`;
  return `<!doctype html>
<html ${language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${escape(subject)}</title>
</head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5">
<div ${language}>
${body}
</div>
</body>
</html>
`;
}

/**
 * The HTML of an e-mail.
 *
 * @param body HTML with placeholders; values are escaped and apart from the direction of what is around them, the code stands out.
 * @param subject with everything in its place.
 */
export function emailHtml(body: string, values: Values, { subject, locale }: { subject: string; locale: string }) {
  const written = (value: string, name: string) =>
    name === 'code' ? `<strong dir="ltr" style="${CODE}">${escape(value)}</strong>` : `<bdi>${escape(value)}</bdi>`;
  return page(subject, fill(body, values, written), locale);
}
