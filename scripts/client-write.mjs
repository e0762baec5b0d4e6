// Writes src/client/api.ts, the client's part of openapi.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { clientApi } from './client-api.mjs';

const [document, file] = ['../openapi.json', '../src/client/api.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
writeFileSync(file, await clientApi(JSON.parse(readFileSync(document, 'utf8')), file));
