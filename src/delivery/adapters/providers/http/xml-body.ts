import { XMLValidator } from 'fast-xml-parser';
import { textOf } from './option.js';
import { parseTemplate, type Template } from './template.js';

/**
 * Reads an XML document with placeholders. They may stand where a value can be made harmless: in the text of an element and
 * in a quoted attribute, not in a name, a comment or CDATA.
 *
 * @throws RangeError that says what is wrong.
 */
export function readXmlBody(value: unknown): Template {
  const template = parseTemplate(textOf(value).trim());
  const document = template.map((part) => (typeof part === 'string' ? part : PLACEHOLDER)).join('');
  if (document.includes('<!')) throw new RangeError('comments, CDATA and document types can not stand in it');
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what replaces it is the same code in another package
  if (XMLValidator.validate(document) !== true) throw new RangeError('is not well-formed XML');
  if (OUT_OF_PLACE.test(document.replace(/"[^"<]*"|'[^'<]*'/g, '""')))
    throw new RangeError('a {variable} can stand in the text of an element or in a quoted attribute only');
  return template;
}

/** A letter of the private use area: it may stand wherever text may. */
const PLACEHOLDER = '\ue000';
const OUT_OF_PLACE = /<[^<>]*\ue000[^<>]*>/;
