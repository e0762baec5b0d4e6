/**
 * What src/client/api.ts says of openapi.json: the calls that a login flow makes, what they take, answer and refuse with.
 * test/integration/client-api.spec.ts compares the two.
 */
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

/** An application's own calls; searching is for people. */
const CALLS = /^\/v1\/(verifications(\/\{id\}(\/\w+)?)?|tokens\/consume)$/;
/** The only media type of what is sent and answered. */
const JSON_BODY = 'application/json';

const HEADER = `/** The part of the API that the client speaks. Written from openapi.json by \`npm run client:write\`. */

`;

/**
 * @param document openapi.json, parsed.
 * @param file where it will stand: its formatting is the one of that place.
 */
export async function clientApi(document, file) {
  const calls = Object.entries(document.paths)
    .filter(([path]) => CALLS.test(path))
    .flatMap(([path, item]) => Object.entries(item).map(([method, said]) => ({ path, method, said })));
  const text = HEADER + (await schemas(document, calls)) + types(calls) + table(calls);
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

/** The types of all that is sent and answered, and of refusals. */
async function schemas(document, calls) {
  const all = document.components.schemas;
  const used = new Set(['Problem']);
  const names = [...calls.flatMap(({ said }) => [sent(said), answered(said)]), all.Problem];
  for (const one of names) collect(one, all, used);
  const kept = Object.fromEntries([...used].sort().map((name) => [name, withoutExample(all[name])]));
  const part = { openapi: document.openapi, info: document.info, paths: {}, components: { schemas: kept } };
  const source = astToString(await openapiTS(part, { rootTypes: true, rootTypesNoSchemaPrefix: true }));
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

const withoutExample = (schema) => ({ ...schema, example: undefined });

/** What a call takes and answers, by its name. */
function types(calls) {
  const members = calls.map(
    ({ said }) => `${said.operationId}: { body: ${typeOf(sent(said))}; answer: ${typeOf(answered(said))} };`,
  );
  return `/** What each call takes and answers. */\nexport interface Calls {\n${members.join('\n')}\n}\n\n`;
}

const typeOf = (schema) => schema?.$ref.split('/').at(-1) ?? 'undefined';
const sent = ({ requestBody }) => requestBody?.content[JSON_BODY].schema;
const answered = ({ responses }) =>
  Object.entries(responses).find(([status]) => status.startsWith('2'))[1].content[JSON_BODY].schema;

/** What is needed to make a call, and the codes of the refusals that it documents. */
function table(calls) {
  const rows = calls.map(({ path, method, said }) => {
    const takesKey = said.parameters.some(({ name }) => name === 'Idempotency-Key');
    const row = { method: method.toUpperCase(), path, takesKey, codes: codesOf(said) };
    return `${said.operationId}: ${JSON.stringify(row)},`;
  });
  return `/** How each call is made, and the codes with which it may be refused. */\nexport const CALLS = {\n${rows.join('\n')}\n} as const;\n`;
}

/** A refusal's description names its codes in its first line. */
const codesOf = ({ responses }) =>
  Object.entries(responses)
    .filter(([status]) => /^[45]/.test(status))
    .flatMap(([, { description }]) => [...description.split('\n')[0].matchAll(/`([a-z-]+)`/g)].map(([, code]) => code))
    .sort();
