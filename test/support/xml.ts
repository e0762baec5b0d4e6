import { XMLValidator } from 'fast-xml-parser';

/** Whether a text is XML, every character of it: the parser itself is lenient. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is another package for the same three lines
export const isXml = (text: string): boolean => XMLValidator.validate(text) === true;
