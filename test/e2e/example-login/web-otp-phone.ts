import type { Visitor } from '../../support/visitor.js';

/** A phone whose browser reads SMS: what the page asks of it is what the WebOTP specification says. */
export interface WebOtpPhone {
  receives(code: string): Promise<void>;
  isWaiting(): Promise<boolean>;
}

/** Gives the visitor's next pages a browser that has WebOTP. Desktop Chromium has none. */
export async function phoneWithWebOtp({ page }: Visitor): Promise<WebOtpPhone> {
  await page.addInitScript(PHONE);
  return {
    receives: (code) => page.evaluate(`phone.receives(${JSON.stringify(code)})`),
    isWaiting: () => page.evaluate('phone.isWaiting()'),
  };
}

const PHONE = `
  globalThis.OTPCredential = class {};
  globalThis.phone = { isWaiting: () => false };
  navigator.credentials.get = ({ otp, signal }) => new Promise((resolve, reject) => {
    if (otp.transport.join() !== 'sms') return reject(new TypeError('transport'));
    phone.isWaiting = () => !signal.aborted;
    phone.receives = (code) => resolve({ type: 'otp', code });
    signal.addEventListener('abort', () => reject(signal.reason));
  });
`;
