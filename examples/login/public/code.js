/** Makes the page that asks for a code better than it is without: see what each of these does. */
import { runCountdowns } from './countdown.js';
import { sendInPlace } from './send-in-place.js';
import { waitForMessage } from './web-otp.js';

const form = document.getElementById('check');
const input = document.getElementById('code');

// First, because it remembers the page as the server wrote it.
sendInPlace(form);
runCountdowns();
if (form.elements.way.value === 'message') {
  waitForMessage(form, (code) => {
    input.value = code;
    form.requestSubmit();
  });
}
