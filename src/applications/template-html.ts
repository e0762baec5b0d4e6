const ELEMENTS = 'p|br|hr|b|strong|i|em|u|small|span|div|h1|h2|h3|ul|ol|li|table|tbody|tr|td';
/** No quotes, slashes, braces or backslashes within a value: nothing is loaded, nothing is hidden in a comment. */
const ATTRIBUTE = `\\s+(?:style|align|dir|lang|role|width)="[\\w #%.,:;()!-]*"`;
const TAG = new RegExp(`</?(?:${ELEMENTS})(?:${ATTRIBUTE})*\\s*/?>`, 'gi');

/** References to characters: the few that HTML needs. With any other one, signs could be written that no check sees. */
const OTHER_REFERENCE = /&(?!(?:amp|lt|gt|quot|#39|nbsp);)/;

/**
 * Why the HTML of a template is not sent; null when it may be. Words and their looks only: whatever asks for a click, loads or
 * runs has no place in a message with a code, least of all in one that a stolen key has changed.
 */
export function htmlProblem(html: string): string | null {
  const [, tag] = /<([^\s>]{0,20})/.exec(html.replace(TAG, '')) ?? [];
  if (tag !== undefined) return `holds <${tag}>, or an attribute of it, that mails with codes may not have`;
  if (OTHER_REFERENCE.test(html))
    return 'holds an & that is none of &amp; &lt; &gt; &quot; &#39; &nbsp;: other signs are written as they are';
  return (html.match(TAG) ?? []).some((allowed) => /url\s*\(/i.test(allowed)) ? 'must not load anything' : null;
}
