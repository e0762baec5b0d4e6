/** The page of one kind of provider, and the table of all. */
import { optionRows } from './options.mjs';

const GENERATED = '<!-- Made by `npm run providers:write` of the provider’s own file. Change that. -->';

const REPORT_ADDRESSES = {
  message:
    '`{PUBLIC_URL}/v1/reports/{id}/{attempt}/{mac}`: each message is given its own; nothing is to be set for it.',
  account: '`{PUBLIC_URL}/v1/reports/{id}`: one for all messages, to be set at the vendor.',
};
const OTHER_ADDRESS = '`{PUBLIC_URL}/v1/reports/{id}`: one for all messages, where the text above says so.';

export function overview(kinds) {
  const rows = kinds.map(({ type, schema, page: { title, inShort } }) => [
    ...[`[\`${type}\`](${type}.md)`, title, channelsOf(schema), inShort.reports, inShort.genuine, inShort.tried],
  ]);
  return `${GENERATED}

# Providers

The gateways that ship. Each entry under \`providers\` in \`einmal.yaml\` has an id of your choice, a \`type\` of this table and a
\`channel\`; [routing.md](../routing.md) says how messages are routed among them.

${table(['Type', 'What', 'Channel', 'Reports', 'Proven genuine by', 'Tried against'], rows)}
`;
}

export function page({ type, schema, page: text }) {
  const { title, about, example, setUp, reports, tried, reportsTo = [], statuses = {}, errors = {} } = text;
  const options = optionRows(schema);
  return `${GENERATED}

# ${title}: \`${type}\`

${about}

\`\`\`yaml
providers:
${indented(example)}
\`\`\`

## What the vendor must be told

${setUp}

## Reports

${reports}

${list(reportsTo.map((to, at) => (at === 0 ? REPORT_ADDRESSES[to] : OTHER_ADDRESS)))}

${section('What its reports mean', STATUSES, grouped(statuses, statusMeaning))}
${section('What its refusals mean', ERRORS, grouped(errors, errorMeaning))}
## Options

${table(
  ['Option', 'Default', 'What it is'],
  options.map(({ name, required, default: otherwise, text: what }) => [
    `\`${name}\``,
    required ? '_required_' : otherwise,
    what,
  ]),
)}

## Tried

${tried}
`;
}

const STATUSES = 'The option `statuses` goes before this table.';
const ERRORS = 'The option `errors` goes before this table.';

const section = (title, text, rows) =>
  rows.length === 0 ? '' : `### ${title}\n\n${table(['Its word or code', 'Means', 'What follows'], rows)}\n\n${text}\n`;

/** A row for each meaning, with all codes that have it. */
function grouped(map, meaningOf) {
  const rows = new Map();
  for (const [code, meaning] of Object.entries(map)) {
    const told = meaningOf(meaning);
    rows.set(told.join(), { told, codes: [...(rows.get(told.join())?.codes ?? []), `\`${code}\``] });
  }
  return [...rows.values()].map(({ told, codes }) => [codes.join(', '), ...told]);
}

const STATUS_FOLLOWS = {
  delivered: 'Nothing more is sent',
  underway: 'It is waited for',
  unknown: 'It is waited for, until the report timeout',
};

function statusMeaning({ status, cause, transient }) {
  if (status !== 'failed') return [status, STATUS_FOLLOWS[status]];
  const otherProvider = transient ? 'Another provider, where the application’s policy says so; else the' : 'The';
  return [`failed: ${cause}`, `${otherProvider} next channel at once`];
}

const ERROR_FOLLOWS = {
  rejected: 'The next channel at once',
  throttled: 'The next provider; this one again after a pause',
  quota: 'The next provider; this one is passed over for a while',
  unreachable: 'The next provider',
  misconfigured: 'The next provider; this one is passed over for a while',
};

function errorMeaning({ failure, cause, scope }) {
  if (scope === 'message') return [`${failure}, this message`, 'The next provider; the next message comes here again'];
  return [failure === 'rejected' ? `rejected: ${cause}` : failure, ERROR_FOLLOWS[failure]];
}

const channelsOf = (schema) => {
  const channel = optionRows(schema).find(({ name }) => name === 'channel');
  return (channel?.text ?? '').replace(/^One of /, '');
};

/** However its author has indented it. */
function indented(example) {
  const lines = example.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => `  ${line.slice(margin)}`).join('\n');
}

const list = (lines) => lines.map((line) => `- ${line}`).join('\n');

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
