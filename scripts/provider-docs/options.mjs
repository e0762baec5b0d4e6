/** The options of a provider's configuration, as rows of a table. */
import { z } from 'zod';

/** What an entry in the file may say (`input`), before defaults and transformations. */
export function optionRows(schema) {
  return rowsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '', new Map());
}

/**
 * An option that holds others is followed by them, as `retry.times`; one that holds the same as another before it refers to that.
 *
 * @param seen the first option of each shape.
 */
function rowsOf({ properties = {}, required = [], anyOf = [] }, above, seen) {
  const own = Object.entries(properties).flatMap(([name, option]) => {
    const row = { name: above + name, required: required.includes(name), ...described(option) };
    const shape = JSON.stringify({ ...option, description: undefined, default: undefined });
    const like = seen.get(shape);
    if (like !== undefined) return [{ ...row, text: sentences(row.text, `Like \`${like}\``) }];
    const parts = rowsOf(option, `${row.name}.`, seen);
    if (parts.length > 0) seen.set(shape, row.name);
    return [row, ...parts];
  });
  const others = anyOf.flatMap((shape) => rowsOf(shape, above, seen));
  return [...own, ...others].filter(({ name }, at, all) => all.findIndex((row) => row.name === name) === at);
}

function described(option) {
  const allowed = allowedIn(option);
  return {
    text: sentences(option.description, allowed),
    default: option.default === undefined ? '' : `\`${JSON.stringify(option.default)}\``,
  };
}

/** The values, or their bounds; what a pattern allows is told by the description. */
function allowedIn(option) {
  if ('const' in option) return `\`${String(option.const)}\``;
  if (option.enum) return `One of ${option.enum.map((value) => `\`${String(value)}\``).join(', ')}`;
  if (option.type === 'boolean') return '`true` or `false`';
  if (option.type === 'array') return 'A list';
  if (option.type !== 'integer' && option.type !== 'number') return '';
  return bounds(option);
}

/** zod gives every integer the bounds that a number of JavaScript has: those say nothing. */
function bounds({ minimum, exclusiveMinimum, maximum = Infinity }) {
  const most = Math.abs(maximum) < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (exclusiveMinimum !== undefined)
    return `More than ${exclusiveMinimum}${most === undefined ? '' : `, up to ${most}`}`;
  const least = minimum !== undefined && minimum > -Number.MAX_SAFE_INTEGER ? minimum : undefined;
  if (least === undefined) return most === undefined ? '' : `Up to ${most}`;
  return most === undefined ? `${least} or more` : `${least} to ${most}`;
}

const sentences = (...parts) => parts.filter(Boolean).join('. ');
