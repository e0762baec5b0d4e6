/** Of the verification, and not of one code. */
const TIME_LEFT = 'You have {time} left.';
const TIME_OVER = 'The time is over.';

/** Of the page that asks for a code. */
export const CODE = {
  titles: { login: 'Enter your code', payment: 'Confirm the payment', 'change-factors': 'Confirm the change' },
  stoppedTitle: 'No code right now',
  waitTitle: 'One moment',
  wait: 'We sent you a code a moment ago. It does not count here: this needs one of its own.',
  ways: {
    message: {
      label: 'Code',
      hint: 'The digits in the message. Tell them to nobody, not to us either.',
      pattern: 'Six to ten digits',
      validFor: 'Valid for {time}.',
      notValid: 'The code has expired.',
      turnTo: 'Use the code that we sent',
    },
    totp: {
      label: 'Code',
      hint: 'The app shows another every half minute. Tell it to nobody, not to us either.',
      pattern: 'Six to eight digits',
      validFor: TIME_LEFT,
      notValid: TIME_OVER,
      turnTo: 'Use my authenticator',
    },
    'backup-code': {
      label: 'Backup code',
      hint: 'Capitals, spaces and hyphens do not matter. Each code works once.',
      pattern: '13 letters and digits from 2 to 7',
      validFor: TIME_LEFT,
      notValid: TIME_OVER,
      turnTo: 'Use a backup code',
    },
  },
  otherWays: 'Another way',
  inApp: (labels: readonly string[]) =>
    `Type the code that your authenticator app shows${labels.length > 0 ? ` (${labels.join(', ')})` : ''}.`,
  onList: (count: number) =>
    `Type one of your backup codes. ${count === 1 ? '1 is left.' : `${String(count)} are left.`}`,
  submit: 'Continue',
  attemptsLeft: (count: number) => (count === 1 ? '1 attempt left.' : `${String(count)} attempts left.`),
  nothingArrived: 'Nothing arrived?',
  lookAgain: 'See what has become of the message',
  mayAskIn: 'You can ask for another code in {time}.',
  mayAsk: 'You can ask for another code now.',
  again: 'Send it again',
  callAgain: 'Call me again',
  sms: 'Send an SMS',
  voice: 'Call me instead',
  email: 'Send an e-mail',
  newCode: 'Send a new code',
  tryAgain: 'Try again',
  toPassword: 'Back to the password',
  toPayment: 'Back to the payment',
  offline: 'You seem to be offline. Nothing is lost: press the button again when you are back.',
};
