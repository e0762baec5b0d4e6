const LOOK_AGAIN_MS = 2_000;

/** What each part of the page was when the server wrote it: countdowns have changed it since. */
const written = new Map();

/**
 * Sends the form without leaving the page, so that what was typed stays, live regions can speak, and being offline costs nothing.
 * Also looks what has become of the message, as long as it is under way. Both take the same page as everybody gets.
 */
export function sendInPlace(form) {
  for (const part of parts(document)) written.set(part.id, part.outerHTML);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
  setInterval(() => void look(), LOOK_AGAIN_MS);
}

let isBusy = false;

async function send(form) {
  if (isBusy) return;
  isBusy = true;
  const body = new URLSearchParams(new FormData(form));
  const page = await load({ method: 'POST', body });
  isBusy = false;
  if (page === null) document.getElementById('problem').textContent = form.dataset.offline;
  else show(page);
  const input = document.getElementById('code');
  input.focus();
  input.select();
}

async function look() {
  const isUnderway = document.querySelector('[data-underway]') !== null;
  if (isBusy || !isUnderway || document.hidden) return;
  const page = await load({});
  if (page !== null && !isBusy) show(page);
}

/** @returns the page; null when nobody answered. Whoever is to be elsewhere is taken there, and this never returns. */
async function load(options) {
  try {
    const response = await fetch('/code', { redirect: 'manual', ...options });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (page.getElementById('check') !== null) return page;
    location.replace('/code');
    return await new Promise(() => {});
  } catch {
    return null;
  }
}

function show(page) {
  // Something else was begun in another tab: this page goes on showing what its form is about.
  if (about(page) !== about(document)) return;
  for (const fresh of parts(page)) {
    if (written.get(fresh.id) === fresh.outerHTML) continue;
    const part = document.getElementById(fresh.id);
    written.set(fresh.id, fresh.outerHTML);
    // The element itself stays: it may be a live region, or have the focus.
    for (const { name } of [...part.attributes]) if (!fresh.hasAttribute(name)) part.removeAttribute(name);
    for (const { name, value } of fresh.attributes) part.setAttribute(name, value);
    const hadFocus = part.contains(document.activeElement) ? document.activeElement : null;
    part.replaceChildren(...fresh.childNodes);
    if (hadFocus?.isConnected === false) sameButton(part, hadFocus).focus();
  }
}

/** A keyboard's place stays where it was when the ways to send change, or at the first of them. */
const sameButton = (part, { value }) => part.querySelector(`button[value="${value}"]`) ?? part.querySelector('button');
const about = (page) => ['challenge', 'way'].map((name) => page.querySelector(`#check [name=${name}]`).value).join();
const parts = (page) => page.querySelectorAll('[data-part]');
