/**
 * WebOTP: a browser that sees the SMS on its own phone offers to fill the code in. It goes by the message's last line,
 * `@this-site #code`, which the server asks for when it starts the verification, so a page elsewhere never gets it.
 *
 * Source: https://wicg.github.io/web-otp/
 *
 * @param form when it is sent, nobody waits any more.
 * @param fill takes the code.
 */
export function waitForMessage(form, fill) {
  if (!('OTPCredential' in window)) return;
  const waiting = new AbortController();
  form.addEventListener('submit', () => waiting.abort(), { once: true });
  navigator.credentials.get({ otp: { transport: ['sms'] }, signal: waiting.signal }).then(
    (credential) => {
      if (credential?.code) fill(credential.code);
    },
    // Declined, timed out or given up: the person types.
    () => {},
  );
}
