/**
 * Writes src/client/api.ts: of openapi.json the calls that a login flow makes, what they take, answer and refuse with. With
 * --check it writes nothing, and fails while the file is another.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const FILE = fileURLToPath(new URL('../src/client/api.ts', import.meta.url));
/** An application's own calls; searching verifications is for people. */
const CALLS = /^\/v1\/(verifications(\/\{id\}(\/\w+)?)?|tokens\/consume|factors(\/[\w{}-]+)*)$/;
/** The only media type of what is sent and answered. */
const JSON_BODY = 'application/json';
const HEADER = `/** The part of the API that the client speaks. Written from openapi.json by \`npm run client:write\`. */

`;

const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));
const calls = Object.entries(document.paths)
  .filter(([path]) => CALLS.test(path))
  .flatMap(([path, item]) => Object.entries(item).map(([method, said]) => ({ path, method, said })));
const text = HEADER + (await schemas()) + types() + table();
const written = await format(text, { ...(await resolveConfig(FILE)), filepath: FILE });

if (!process.argv.includes('--check')) writeFileSync(FILE, written);
else if (readFileSync(FILE, 'utf8') !== written) {
  console.error('src/client/api.ts is not what openapi.json says: npm run client:write');
  process.exitCode = 1;
}

/** The types of all that is sent and answered, and of refusals. */
async function schemas() {
  const all = document.components.schemas;
  const used = new Set(['Problem']);
  const names = [...calls.flatMap(({ said }) => [sent(said), answered(said)]), all.Problem];
  for (const one of names) collect(one, all, used);
  const kept = Object.fromEntries([...used].sort().map((name) => [name, withoutExample(all[name])]));
  const part = { openapi: document.openapi, info: document.info, paths: {}, components: { schemas: kept } };
  const named = { rootTypes: true, rootTypesNoSchemaPrefix: true };
  // Whoever sends may leave out what has a default.
  const source = astToString(await openapiTS(part, { ...named, defaultNonNullable: false }));
  return source.replace(/^export (type|interface) (paths|webhooks|operations|\$defs)\b.*$\n/gm, '');
}

function collect(node, all, used) {
  if (typeof node !== 'object' || node === null) return;
  const name = node.$ref?.split('/').at(-1);
  if (name !== undefined && !used.has(name)) {
    used.add(name);
    collect(all[name], all, used);
  }
  for (const member of Object.values(node)) collect(member, all, used);
}

function withoutExample(schema) {
  return { ...schema, example: undefined };
}

/** What a call takes and answers, by its name. */
function types() {
  const members = calls.map(
    ({ said }) => `${said.operationId}: { body: ${typeOf(sent(said))}; answer: ${typeOf(answered(said))} };`,
  );
  return `/** What each call takes and answers. */\nexport interface Calls {\n${members.join('\n')}\n}\n\n`;
}

function sent({ requestBody }) {
  return requestBody?.content[JSON_BODY].schema;
}

function answered({ responses }) {
  const [, { content }] = Object.entries(responses).find(([status]) => status.startsWith('2'));
  return content?.[JSON_BODY].schema;
}

function typeOf(schema) {
  return schema?.$ref.split('/').at(-1) ?? 'undefined';
}

/** What is needed to make a call, and the codes of the refusals that it documents. */
function table() {
  const rows = calls.map(({ path, method, said }) => {
    const takes = (header) => (said.parameters ?? []).some(({ name }) => name === header);
    const headers = { takesKey: takes('Idempotency-Key'), takesProof: takes('Approval-Token') };
    const row = { method: method.toUpperCase(), path, ...headers, codes: codesOf(said) };
    return `${said.operationId}: ${JSON.stringify(row)},`;
  });
  return `/** How each call is made, and the codes with which it may be refused. */\nexport const CALLS = {\n${rows.join('\n')}\n} as const;\n`;
}

function codesOf({ responses }) {
  const codes = Object.values(responses).flatMap((response) => response['x-codes'] ?? []);
  return [...new Set(codes)].sort();
}
