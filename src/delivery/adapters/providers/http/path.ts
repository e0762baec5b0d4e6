/** A way into a document: names of members, and positions in lists (from 0). */
export type Path = readonly (string | number)[];

const JSON_STEP = /\.([A-Za-z_][\w-]*|\d{1,4})|\[(\d{1,4})\]|\['([^'\]]{1,64})'\]/y;
const XML_STEP = /\/(@?[A-Za-z_][\w.-]*)(?:\[([1-9]\d{0,3})\])?/y;
const POSITION = /^\d+$/;

/**
 * Reads `$.messages[0].id` or `$.a.b | $.c`: members, positions from 0, and alternatives of which the first that is there counts.
 *
 * @throws RangeError that says what may be written.
 */
export const parseJsonPaths = (text: string): Path[] =>
  text.split(' | ').map((path) => {
    const steps = path.startsWith('$') ? stepsOf(path.slice(1), JSON_STEP) : null;
    if (!steps) throw new RangeError('a JSON path looks like $.messages[0].id; alternatives stand between " | "');
    return steps.map(([member, position, quoted]) => {
      const step = member ?? position ?? quoted ?? '';
      return quoted === undefined && POSITION.test(step) ? Number(step) : step;
    });
  });

/**
 * Reads `/response/message[1]/@id` or `/a | /b`: elements without their namespace prefix, positions from 1 as in XPath, an
 * attribute at the end.
 *
 * @throws RangeError that says what may be written.
 */
export const parseXmlPaths = (text: string): Path[] =>
  text.split(' | ').map((path) => {
    const steps = stepsOf(path, XML_STEP);
    if (!steps || steps.length === 0)
      throw new RangeError('an XML path looks like /response/message[1]/@id; alternatives stand between " | "');
    return steps.flatMap(([name = '', position]) => (position === undefined ? [name] : [name, Number(position) - 1]));
  });

/**
 * What stands at the first of the paths that leads anywhere. A name within a list looks into its first member, and the first
 * position of what is no list is the thing itself: XML does not tell one element from a list of one.
 */
export function at(document: unknown, paths: readonly Path[]): unknown {
  for (const path of paths) {
    const found = path.reduce(step, document);
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

function step(from: unknown, name: string | number): unknown {
  if (Array.isArray(from) && typeof name === 'number') return from[name] as unknown;
  let node = from;
  while (Array.isArray(node)) node = node[0] as unknown;
  if (typeof node === 'object' && node !== null && Object.hasOwn(node, name))
    return (node as Record<string, unknown>)[name];
  return name === 0 ? node : undefined;
}

/** Null when something of the text is no step. */
function stepsOf(text: string, pattern: RegExp): (string | undefined)[][] | null {
  const steps: (string | undefined)[][] = [];
  const stepAt = new RegExp(pattern);
  for (let end = 0; end < text.length; end = stepAt.lastIndex) {
    stepAt.lastIndex = end;
    const found = stepAt.exec(text);
    if (!found) return null;
    steps.push(found.slice(1));
  }
  return steps;
}
