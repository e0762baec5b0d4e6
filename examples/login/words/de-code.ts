import type { CODE as ENGLISH } from './en-code.js';

/** Of the verification, and not of one code. */
const TIME_LEFT = 'Sie haben noch {time} Zeit.';
const TIME_OVER = 'Die Zeit ist um.';

/** Of the page that asks for a code. */
export const CODE: typeof ENGLISH = {
  titles: {
    login: 'Geben Sie Ihren Code ein',
    payment: 'Bestätigen Sie die Zahlung',
    'change-factors': 'Bestätigen Sie die Änderung',
  },
  stoppedTitle: 'Gerade kein Code',
  waitTitle: 'Einen Moment',
  wait: 'Eben haben wir Ihnen einen Code gesendet. Hier gilt er nicht: Dafür brauchen Sie einen eigenen.',
  ways: {
    message: {
      label: 'Code',
      hint: 'Die Ziffern aus der Nachricht. Sagen Sie sie niemandem, auch uns nicht.',
      pattern: 'Sechs bis zehn Ziffern',
      validFor: 'Noch {time} gültig.',
      notValid: 'Der Code ist abgelaufen.',
      turnTo: 'Den gesendeten Code eingeben',
    },
    totp: {
      label: 'Code',
      hint: 'Die App zeigt jede halbe Minute einen anderen. Sagen Sie ihn niemandem, auch uns nicht.',
      pattern: 'Sechs bis acht Ziffern',
      validFor: TIME_LEFT,
      notValid: TIME_OVER,
      turnTo: 'Meine Authenticator-App benutzen',
    },
    'backup-code': {
      label: 'Ersatzcode',
      hint: 'Großschreibung, Leerzeichen und Bindestriche sind gleich. Jeder Code gilt einmal.',
      pattern: '13 Buchstaben und Ziffern von 2 bis 7',
      validFor: TIME_LEFT,
      notValid: TIME_OVER,
      turnTo: 'Einen Ersatzcode benutzen',
    },
  },
  otherWays: 'Ein anderer Weg',
  inApp: (labels) =>
    `Geben Sie den Code ein, den Ihre Authenticator-App zeigt${labels.length > 0 ? ` (${labels.join(', ')})` : ''}.`,
  onList: (count) =>
    `Geben Sie einen Ihrer Ersatzcodes ein. ${count === 1 ? 'Einer ist übrig.' : `${String(count)} sind übrig.`}`,
  submit: 'Weiter',
  attemptsLeft: (count) => (count === 1 ? 'Noch 1 Versuch.' : `Noch ${String(count)} Versuche.`),
  nothingArrived: 'Nichts angekommen?',
  lookAgain: 'Nachsehen, was aus der Nachricht wurde',
  mayAskIn: 'In {time} können Sie einen weiteren Code anfordern.',
  mayAsk: 'Sie können jetzt einen weiteren Code anfordern.',
  again: 'Noch einmal senden',
  callAgain: 'Noch einmal anrufen',
  sms: 'Eine SMS senden',
  voice: 'Lieber anrufen',
  email: 'Eine E-Mail senden',
  newCode: 'Neuen Code senden',
  tryAgain: 'Noch einmal versuchen',
  toPassword: 'Zurück zum Passwort',
  toPayment: 'Zurück zur Zahlung',
  offline:
    'Sie sind anscheinend offline. Nichts ist verloren: Senden Sie es noch einmal, sobald Sie wieder online sind.',
};
