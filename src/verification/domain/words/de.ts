import type { Words } from './words.js';

export const GERMAN: Words = {
  sms: '{code} ist Ihr {sender}-Code. Er gilt {minutes} min. Geben Sie ihn nicht weiter.',
  email: {
    subject: 'Ihr {sender}-Code',
    text: '{code} ist Ihr {sender}-Code. Er gilt {minutes} min. Geben Sie ihn nicht weiter.',
  },
  spoken: {
    payment: 'Es geht um eine Zahlung von {amount} an {payee}. ',
    code: 'Ihr {sender}-Code lautet {code}. Noch einmal: {code}.',
    askForKey: 'Hier ist {sender}. Drücken Sie die 1, um Ihren Code zu hören.',
    notNeeded: 'Ihr Code wird nicht mehr gebraucht. Auf Wiederhören.',
    tooLate: 'Der Code ist nicht mehr gültig. Bitte beginnen Sie von vorn.',
  },
};
