/**
 * Writes docs/conformance.md: every rule of docs/requirements.json beside the tests whose titles name its number. With --check it
 * writes nothing, and fails while the page is another. Works on the folder that it is started in.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { testsIn } from './test-titles.mjs';

const PAGE = 'docs/conformance.md';
const NUMBER = /\b[RI]\d+\b/g;
const LONGEST_TITLE = 90;
const LINKS = [
  [/^(CVE-.+)$/, 'https://www.cve.org/CVERecord?id=$1'],
  [/^(GHSA-.+)$/, 'https://github.com/advisories/$1'],
  [/^RFC (\d+).*$/, 'https://www.rfc-editor.org/rfc/rfc$1'],
  [/^([\w-]+\/[\w-]+)#(\d+)$/, 'https://github.com/$1/issues/$2'],
];

const sections = JSON.parse(readFileSync('docs/requirements.json', 'utf8'));
const rules = sections.flatMap(({ requirements }) => requirements);
const proofs = proofsBelow(['src', 'test']);
const unknown = [...proofs].filter(([number]) => !rules.some(({ id }) => id === number));

if (unknown.length > 0) fail(unknown.map(([number, [{ file, title }]]) => `${number} is no rule: ${file}: ${title}`));
else if (!process.argv.includes('--check')) writeFileSync(PAGE, page());
else if (readFileSync(PAGE, 'utf8') !== page()) fail([`${PAGE} is not what the tests say: npm run conformance:write`]);

function fail(problems) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

/** By number: the titles that name it, each with its file and with the number of tests that stand below it. */
function proofsBelow(folders) {
  const found = new Map();
  for (const file of folders.flatMap(testFilesBelow)) {
    for (const titles of testsIn(readFileSync(file, 'utf8'))) {
      for (const number of new Set(titles.join(' ').match(NUMBER))) {
        const naming = titles.findIndex((title) => title.match(NUMBER)?.includes(number));
        const title = titles.slice(0, naming + 1).join(' ');
        const list = found.get(number) ?? [];
        const proof = list.find((one) => one.file === file && one.title === title);
        if (proof) proof.tests += 1;
        else found.set(number, [...list, { file, title, tests: 1 }]);
      }
    }
  }
  return found;
}

function testFilesBelow(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(spec|contract|suite)\.ts$/.test(name));
  return names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`).sort();
}

function page() {
  const proven = rules.filter(({ id }) => proofs.has(id)).length;
  return `# Conformance

What Einmal has to withstand, where each rule comes from, and the tests that prove it.

**How to read it.** A test that proves a rule names the number of the rule in its title, or stands below a title that does. A proof
links to the file of such tests; those in \`test/contract\` run on every adapter of a port. A test may prove a part of its rule: its
title says which. _Not proven yet_ means that no test names the number, whatever the code does, or that a part is known to be
missing. Today ${proven} of ${rules.length} rules have a proof.

**Sources.** NIST is [SP 800-63B-4](https://pages.nist.gov/800-63-4/sp800-63b.html), ASVS is
[OWASP ASVS 5.0](https://github.com/OWASP/ASVS/tree/v5.0.0), \`owner/repository#1\` is an issue or a pull request on GitHub. A rule
without a source is our own; an invariant names the requirements that it sums up.

\`npm run conformance:write\` makes this page of [requirements.json](requirements.json) and the titles of the tests.

<!-- The tables are not padded: otherwise one more test would change every line. -->
<!-- prettier-ignore-start -->
${sections.map(section).join('')}
<!-- prettier-ignore-end -->
`;
}

function section({ title, requirements }) {
  const rows = requirements.map(
    ({ id, must, sources, open }) => `| **${id}** | ${must} | ${sources.map(linked).join(', ')} | ${proof(id, open)} |`,
  );
  return `
## ${title}

| # | what must hold | sources | proof |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function proof(id, open) {
  const given = (proofs.get(id) ?? []).map(({ file, title, tests }) => {
    const link = `[${shortened(title)}](../${file})`;
    return tests > 1 ? `${link} (${tests} tests)` : link;
  });
  if (open) given.push(`_not proven yet: ${open}_`);
  return given.join('<br>') || '_not proven yet_';
}

/** A title without its numbers, cut after a whole word, as Markdown. */
function shortened(title) {
  const text = title.replace(/\b[RI]\d+\b /g, '');
  const cut = text.length > LONGEST_TITLE ? `${text.slice(0, text.lastIndexOf(' ', LONGEST_TITLE))}…` : text;
  return cut.replace(/[\\`*_[\]<>|]/g, '\\$&');
}

function linked(source) {
  const link = LINKS.find(([form]) => form.test(source));
  return link ? `[${source}](${source.replace(...link)})` : source;
}
