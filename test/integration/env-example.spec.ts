import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { variables } from '../../src/env/variables.js';
import { readEnv } from '../../src/env.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const documented = [...new Set([...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name = '']) => name))];

test.each(documented)('%s of .env.example is a variable that is read', (name) => {
  const { problems } = readEnv({ [`${name}_FILE`]: '/nonexistent' });

  expect(problems).toContain(`${name}_FILE: the file can not be read`);
});

test('.env.example knows every variable that is read', () => {
  expect(documented.toSorted()).toEqual(variables.keyof().options.toSorted());
});
