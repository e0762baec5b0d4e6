/** Markup that needs no more escaping: made by `html` alone. */
export class Html {
  constructor(private readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

/** What may stand in a page; `undefined`, `null` and `false` are nothing, so that parts can be left out. */
export type Content = Html | string | number | undefined | null | false | readonly Content[];

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Writes markup. Every value is escaped unless it is markup itself, so it may stand in text and in a quoted attribute. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(markup)));
}

function markup(content: Content): string {
  if (content === undefined || content === null || content === false) return '';
  if (content instanceof Html) return content.toString();
  if (typeof content === 'object') return content.map(markup).join('');
  return String(content).replaceAll(/[&<>"']/g, (character) => ESCAPED[character] ?? '');
}
