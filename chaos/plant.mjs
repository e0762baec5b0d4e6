// How a defect is planted into the compiled service: a module in defects/ that a node loads first (`node --import`) replaces a
// method, a statement or a line of a script. The product has no hook for this and knows nothing of it. A method that is not
// there any more ends the process, because a defect that breaks nothing would prove nothing.

/** Replaces a method of a class in dist/. `broken` is called with the sound method, then with the arguments. */
export async function plantInMethod(file, className, method, broken) {
  const { prototype } = (await import(new URL(`../dist/${file}`, import.meta.url).href))[className] ?? {};
  const sound = prototype?.[method];
  if (typeof sound !== 'function') throw new Error(`There is no ${className}.${method} in ${file} to break.`);
  prototype[method] = function (...args) {
    return broken.call(this, (...given) => sound.apply(this, given), ...args);
  };
}

/** Replaces a piece of every SQL statement that has `mark` in it. */
export const plantInSql = (mark, from, to) =>
  plantInMethod('platform/postgres/database.js', 'Database', 'query', (query, sql, ...values) =>
    query(sql.includes(mark) ? sql.replaceAll(from, to) : sql, ...values),
  );

/** Replaces a piece of every Lua script that has it. */
export async function plantInScript(from, to) {
  const { createHash } = await import('node:crypto');
  await plantInMethod('platform/redis/connection.js', 'RedisConnection', 'evaluate', (evaluate, script, ...call) => {
    if (!script.text.includes(from)) return evaluate(script, ...call);
    const text = script.text.replaceAll(from, to);
    return evaluate({ text, sha1: createHash('sha1').update(text).digest('hex') }, ...call);
  });
}
