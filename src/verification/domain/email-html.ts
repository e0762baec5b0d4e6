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

/** A page around the words: no colours, so that dark screens choose theirs; nothing that is loaded; readable without styles. */
const page = (subject: string, body: string, locale: string) =>
  `<!doctype html>
<html lang="${escape(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${escape(subject)}</title>
</head>
<body dir="auto" style="font-family:sans-serif;font-size:16px;line-height:1.5">
${body}
</body>
</html>
`;

/**
 * The HTML of an e-mail.
 *
 * @param body HTML with placeholders; values are escaped, the code stands out.
 * @param subject with everything in its place.
 */
export function emailHtml(body: string, values: Values, { subject, locale }: { subject: string; locale: string }) {
  const written = (value: string, name: string) =>
    name === 'code' ? `<strong style="${CODE}">${escape(value)}</strong>` : escape(value);
  return page(subject, fill(body, values, written), locale);
}
