import type { Words } from './words.js';

export const POLISH: Words = {
  sms: '{code} to Twoj kod {sender}. Jest wazny {minutes} min. Nie udostepniaj go nikomu.',
  email: {
    subject: 'Twój kod {sender}',
    text: '{code} to Twój kod {sender}. Jest ważny {minutes} min. Nie udostępniaj go nikomu.',
  },
  spoken: {
    payment: 'Chodzi o płatność {amount} na rzecz {payee}. ',
    code: 'Twój kod {sender} to {code}. Powtarzam: {code}.',
    askForKey: 'Tu {sender}. Naciśnij 1, aby usłyszeć swój kod.',
    notNeeded: 'Twój kod nie jest już potrzebny. Do widzenia.',
    tooLate: 'Kod nie jest już ważny. Prosimy zacząć od nowa.',
  },
};
