/** The try-it page: a login over /sandbox/try, the sandbox's messages beside it, the verification's timeline below. */

const POLL_MS = 700;
const MESSAGES_SHOWN = 50;
const CHANNEL_NAMES = { sms: 'SMS', voice: 'call', email: 'e-mail' };
/** Outcomes whose message nobody gets to see. */
const LOST = ['failed', 'expired', 'landline', 'no-answer', 'busy', 'bounced'];
/** Last digits the sandbox understands, and what a visitor may expect of them. */
const SCENARIOS = [
  ['', 'Arrives', 'the SMS arrives'],
  ['02', 'SMS fails', 'the SMS fails and a call follows'],
  ['30', 'Landline', 'the number can not take SMS, so a call follows'],
  ['03', 'Expires', 'the SMS is not delivered in time, so a call follows'],
  ['09', 'Rejected', 'the carrier does not take the SMS, so a call follows'],
  ['05', 'No report', 'nothing is heard of the SMS; a call follows after a minute'],
  ['10', 'Late', 'the report takes six seconds'],
  ['18', 'Throttled', 'the first try is turned away, the second taken'],
  ['21', 'Fails, then arrives', 'the carrier changes its mind, after the call went out'],
];

const at = (id) => document.getElementById(id);
/** The verification as last read; null before the login starts. */
let verification = null;
/** The delivery state last told, so that polling does not repeat itself to a screen reader. */
let told = '';
const shown = new Set();

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Every answer is a value: `{ok, body}`; the body is a problem document when it is not ok. */
async function api(method, path, body) {
  const options = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  try {
    const response = await fetch(path, { method, ...options });
    return { ok: response.ok, body: await response.json() };
  } catch {
    return { ok: false, body: { code: 'offline', detail: 'The service does not answer.' } };
  }
}

function say(text, bad = false) {
  at('status').textContent = text;
  at('status').classList.toggle('bad', bad);
}

function sayProblem({ detail, retryAfterSeconds, attemptsLeft }) {
  const wait = retryAfterSeconds > 1 ? ` Try again in ${Math.ceil(retryAfterSeconds)} s.` : '';
  const left = attemptsLeft === undefined ? '' : ` ${attempts(attemptsLeft)} left.`;
  say(detail + wait + left, true);
}

const attempts = (count) => (count === 1 ? '1 attempt' : `${count} attempts`);

async function submit(form, call) {
  const button = form.querySelector('.primary');
  if (button.disabled) return null;
  button.disabled = true;
  const answer = await call();
  button.disabled = false;
  return answer;
}

at('start').addEventListener('submit', async (event) => {
  event.preventDefault();
  const filled = ['phone', 'email'].map((name) => [name, at(name).value.trim()]).filter(([, value]) => value !== '');
  const answer = await submit(event.target, () => api('POST', '/sandbox/try', Object.fromEntries(filled)));
  if (!answer) return;
  if (!answer.ok) return sayProblem(answer.body);
  at('start').hidden = true;
  at('check').hidden = false;
  update(answer.body);
  at('code').focus();
});

at('check').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { id } = verification;
  const code = at('code').value.trim();
  const answer = await submit(event.target, () => api('POST', `/sandbox/try/${id}/checks`, { code }));
  if (!answer) return;
  if (!answer.ok) {
    sayProblem(answer.body);
    at('code').select();
  }
  await refresh();
});

at('check').addEventListener('click', async ({ target }) => {
  const { channel } = target.dataset;
  if (channel === undefined) return;
  const answer = await api('POST', `/sandbox/try/${verification.id}/resend`, channel === '' ? {} : { channel });
  at('code').focus();
  if (answer.ok) await refresh();
  else sayProblem(answer.body);
});

at('over').addEventListener('click', () => {
  verification = null;
  told = '';
  at('check').reset();
  at('result').hidden = true;
  at('start').hidden = false;
  at('timeline').replaceChildren();
  at('timeline-empty').hidden = false;
  stage(1);
  say('Your password was right. Now a one-time code.');
  at('phone').focus();
});

async function refresh() {
  const { id } = verification;
  const { ok, body } = await api('GET', `/sandbox/try/${id}`);
  if (ok && verification?.id === id) update(body);
}

function update(body) {
  const ended = verification?.status === 'pending' && body.status !== 'pending';
  verification = { ...verification, ...body };
  showDelivery(verification.deliveries.at(-1));
  showTimeline(verification.timeline ?? []);
  for (const button of at('check').querySelectorAll('[data-channel]'))
    button.hidden = button.dataset.channel !== '' && !verification.channels.includes(button.dataset.channel);
  tick();
  if (ended) showResult(verification);
}

function showDelivery({ id, channel, status, to }) {
  if (told === id + status) return;
  told = id + status;
  const before = verification.deliveries.at(-2);
  const instead = before?.status === 'failed' ? `The ${CHANNEL_NAMES[before.channel]} failed. ` : '';
  // That a message came after all does not take the place of what was wrong with the code.
  if (status === 'delivered' && instead === '' && at('status').classList.contains('bad')) return;
  const name = CHANNEL_NAMES[channel];
  const sentence = {
    delivered: channel === 'voice' ? `We called ${to} and read you a code.` : `A code has arrived by ${name} at ${to}.`,
    failed: `The ${name} to ${to} failed.`,
    unconfirmed: `Nothing was heard of the ${name} to ${to}.`,
    canceled: `The ${name} to ${to} is not needed any more.`,
  };
  say(instead + (sentence[status] ?? `A code is on its way by ${name} to ${to}.`));
}

function showResult({ status, deliveries }) {
  const [title, text] = {
    approved: [
      'You are signed in',
      `It took ${deliveries.length === 1 ? 'one message' : `${deliveries.length} messages`}.`,
    ],
    failed: ['Too many wrong codes', 'All attempts were used, whichever channel the codes came by.'],
    expired: ['The code has expired', 'Nobody typed it in time.'],
    canceled: ['This login was canceled', 'Nothing more is sent.'],
  }[status];
  for (const button of at('inbox').querySelectorAll('button')) button.remove();
  at('check').hidden = true;
  at('result').hidden = false;
  at('result').className = status === 'approved' ? 'good' : 'bad';
  at('result-title').textContent = title;
  at('result-text').textContent = text;
  say('');
  stage(status === 'approved' ? 3 : 1);
  at('result-title').focus();
}

/** Marks how many of the stages are behind. */
function stage(done) {
  for (const [index, item] of [...at('stages').children].entries()) {
    item.className = index < done ? 'done' : '';
    if (index === done) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  }
}

function showTimeline(entries) {
  at('timeline-empty').hidden = entries.length > 0;
  const first = Date.parse(entries[0]?.at);
  at('timeline').replaceChildren(
    ...entries.map(({ at: time, event, channel, provider, detail }) => {
      const after = `${((Date.parse(time) - first) / 1000).toFixed(1)} s`;
      const where = [CHANNEL_NAMES[channel], provider && `via ${provider}`].filter(Boolean).join(' ');
      const mood = /fail|reject|throttl|unconfirmed|expired|wrong/.test(event)
        ? 'bad'
        : /delivered|approved/.test(event)
          ? 'good'
          : '';
      const words = element('p', {}, element('strong', {}, event.replaceAll(/[-._:]/g, ' ')));
      const rest = [where, detail].filter(Boolean).join(': ');
      if (rest) words.append(` ${rest}`);
      return element('li', { className: mood }, element('time', { dateTime: time }, after), words);
    }),
  );
}

function showMessage({ id, verificationId, channel, to, text, outcome, at: time }) {
  if (shown.has(id)) return;
  shown.add(id);
  const lost = LOST.includes(outcome);
  const meta = element('div', { className: 'meta' });
  meta.append(
    element('span', { className: 'chip' }, CHANNEL_NAMES[channel]),
    `${to} ${new Date(time).toLocaleTimeString()}`,
    element('span', { className: lost ? 'chip bad' : 'chip good' }, outcome.replaceAll('-', ' ')),
  );
  const [before, code = '', after = ''] = text.split(/\b(\d{6,10})\b(.*)/s);
  const item = element('li', { className: lost ? 'lost' : '' }, meta);
  item.append(element('p', { className: 'text' }, before, element('b', {}, code), after));
  if (!lost && verificationId === verification?.id) {
    const button = element('button', { type: 'button' }, `Type ${code}`);
    button.addEventListener('click', () => {
      at('code').value = code;
      at('code').focus();
    });
    item.append(button);
  }
  at('inbox').append(item);
  at('inbox-empty').hidden = true;
  while (at('inbox').children.length > MESSAGES_SHOWN) at('inbox').firstElementChild.remove();
  at('inbox').scrollTop = at('inbox').scrollHeight;
}

let newest = '';
async function poll() {
  if (!document.hidden) {
    const { ok, body } = await api('GET', `/sandbox/messages?after=${encodeURIComponent(newest)}`);
    if (ok) for (const message of body.messages.slice(-MESSAGES_SHOWN)) showMessage(message);
    if (ok) newest = body.messages.at(-1)?.id ?? newest;
    if (verification?.status === 'pending') await refresh();
  }
  setTimeout(poll, POLL_MS);
}

/** The clocks of the code form: how long the code lives, and when another may be asked for. */
function tick() {
  if (at('check').hidden || !verification) return;
  const seconds = (time) => Math.max(0, Math.ceil((Date.parse(time) - Date.now()) / 1000));
  const life = seconds(verification.expiresAt);
  const wait = seconds(verification.resendAt);
  const clock = `${Math.floor(life / 60)}:${String(life % 60).padStart(2, '0')}`;
  at('budget').textContent = `${attempts(verification.attemptsLeft)} left, valid for ${clock}`;
  at('countdown').textContent = wait > 0 ? `You can ask for another in ${wait} s.` : '';
  for (const button of at('check').querySelectorAll('[data-channel]')) button.disabled = wait > 0;
}

/** A number of a mobile block no network uses, in case somebody has routed the sandbox's SMS to a real gateway. */
function numberFor(digits) {
  const random = (length) => String(Math.floor(Math.random() * 10 ** length)).padStart(length, '0');
  return `+49 1503 ${random(2)}${digits === '' ? `4${random(4)}` : `000${digits}`}`;
}

function choose(digits, expectation, button) {
  at('phone').value = numberFor(digits);
  for (const other of at('scenarios').children) other.setAttribute('aria-pressed', String(other === button));
  at('magic-hint').textContent = `With this number ${expectation}.`;
}

for (const [digits, label, expectation] of SCENARIOS) {
  const button = element('button', { type: 'button' }, label);
  button.addEventListener('click', () => choose(digits, expectation, button));
  at('scenarios').append(button);
}
at('scenarios').firstElementChild.click();
at('email').value = 'ada@example.org';
setInterval(tick, 500);
void poll();
