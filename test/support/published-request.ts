import { readFile } from 'node:fs/promises';
import { Ajv, type AnySchemaObject } from 'ajv';
import type { VendorRequest } from './fake-vendor.js';

/** One operation of a vendor's OpenAPI file: test/fixtures/vendors/README.md. */
interface PublishedOperation {
  method: string;
  /** A regular expression. */
  path: string;
  contentType: string;
  /** The scheme its security asks for. */
  authorization?: string;
  body: AnySchemaObject & { properties: Record<string, { type?: string }> };
}

/** Form fields are text: numbers and truth values are read out of it, as the vendor does. */
const ajv = new Ajv({ coerceTypes: true, strict: false, validateFormats: false, allErrors: true });

/**
 * What is wrong with a request, by what its vendor has published; empty when nothing is.
 *
 * @param operation the fixture's name.
 * @param pathBefore what the test's vendor has before the path.
 */
export async function againstPublished(
  operation: string,
  request: VendorRequest,
  pathBefore = '/send',
): Promise<string[]> {
  const file = new URL(`../fixtures/vendors/${operation}.json`, import.meta.url);
  const published = JSON.parse(await readFile(file, 'utf8')) as PublishedOperation;
  const { method, headers } = request;
  const fields = bodyOf(request, published);
  const valid = ajv.compile(published.body);
  const wrong = (is: boolean, what: string) => (is ? [] : [what]);
  return [
    ...wrong(method === published.method, `method ${method}`),
    ...wrong(new RegExp(published.path).test(request.url.replace(pathBefore, '')), `path ${request.url}`),
    ...wrong((headers['content-type'] ?? '').startsWith(published.contentType), 'content-type'),
    ...wrong((headers.authorization ?? '').startsWith(published.authorization ?? ''), 'authorization'),
    ...Object.keys(fields).flatMap((name) => wrong(name in published.body.properties, `unpublished ${name}`)),
    ...(valid(fields)
      ? []
      : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)),
  ];
}

function bodyOf({ headers, body }: VendorRequest, published: PublishedOperation): Record<string, unknown> {
  if ((headers['content-type'] ?? '').startsWith('application/json'))
    return JSON.parse(body.toString()) as Record<string, unknown>;
  const form = new URLSearchParams(body.toString());
  const isList = (name: string) => published.body.properties[name]?.type === 'array';
  return Object.fromEntries([...form.keys()].map((name) => [name, isList(name) ? form.getAll(name) : form.get(name)]));
}
