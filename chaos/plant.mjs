// How a defect is planted into the compiled service: a module in defects/ that a node loads first (`node --import`) replaces a
// method, a statement or a line of a script. The product has no hook for this and knows nothing of it. A method or a text that is
// not there any more ends the process, because a defect that breaks nothing would prove nothing.
import { readdirSync, readFileSync } from 'node:fs';

const DIST = new URL('../dist/', import.meta.url);

/** Replaces a method of a class in dist/. `broken` is called with the sound method, then with the arguments. */
export async function plantInMethod(file, className, method, broken) {
  const { prototype } = (await import(new URL(file, DIST).href))[className] ?? {};
  const sound = prototype?.[method];
  if (typeof sound !== 'function') throw new Error(`There is no ${className}.${method} in ${file} to break.`);
  prototype[method] = function (...args) {
    return broken.call(this, (...given) => sound.apply(this, given), ...args);
  };
}

/** Replaces a piece of every SQL statement that has `mark` in it. */
export async function plantInSql(mark, from, to) {
  mustStandIn('.js', mark, from);
  await plantInMethod('platform/postgres/database.js', 'Database', 'query', (query, sql, ...values) =>
    query(sql.includes(mark) ? sql.replaceAll(from, to) : sql, ...values),
  );
}

/** Replaces a piece of every Lua script that has it. */
export async function plantInScript(from, to) {
  mustStandIn('.lua', from);
  const { createHash } = await import('node:crypto');
  await plantInMethod('platform/redis/connection.js', 'RedisConnection', 'evaluate', (evaluate, script, ...call) => {
    if (!script.text.includes(from)) return evaluate(script, ...call);
    const text = script.text.replaceAll(from, to);
    return evaluate({ text, sha1: createHash('sha1').update(text).digest('hex') }, ...call);
  });
}

function mustStandIn(ending, ...texts) {
  const files = readdirSync(DIST, { recursive: true }).filter((file) => file.endsWith(ending));
  const found = files.some((file) => {
    const content = readFileSync(new URL(file, DIST), 'utf8');
    return texts.every((text) => content.includes(text));
  });
  if (!found) throw new Error(`No ${ending} file in dist/ has ${texts.join(' and ')} to break.`);
}
