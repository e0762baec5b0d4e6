/**
 * Lets every time on the page run down (web/countdown.ts writes them). Nothing of this is a live region: a screen reader that
 * reads every second is worse than none. Only that another code may be asked for is said, once.
 */
export function runCountdowns() {
  document.getElementById('send')?.addEventListener('submit', (event) => {
    if (event.submitter?.getAttribute('aria-disabled') === 'true') event.preventDefault();
  });
  let then = performance.now();
  tick(0);
  setInterval(() => {
    const now = performance.now();
    tick((now - then) / 1000);
    then = now;
  }, 500);
}

function tick(passed) {
  for (const span of document.querySelectorAll('[data-seconds]')) {
    const before = Number(span.dataset.seconds);
    const left = Math.max(0, before - passed);
    span.dataset.seconds = left;
    const { running, over } = span.dataset;
    const text = left > 0 ? running.replace('{time}', clock(Math.ceil(left))) : over;
    if (span.textContent !== text) span.textContent = text;
    if (span.id === 'wait') allowSending(left === 0, before > 0 && left === 0 ? over : '');
    // The page knows what comes after the end of a code.
    if (span.id === 'life' && before > 0 && left === 0) location.replace('/code');
  }
}

/** A button that is `disabled` loses the focus and is passed over; these stay where they are and do nothing yet. */
function allowSending(isAllowed, news) {
  for (const button of document.querySelectorAll('#send button'))
    button.setAttribute('aria-disabled', String(!isAllowed));
  const status = document.getElementById('may-ask-now');
  if (news !== '') status.textContent = news;
  else if (!isAllowed) status.textContent = '';
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
