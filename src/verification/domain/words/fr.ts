import type { Words } from './words.js';

export const FRENCH: Words = {
  sms: '{code} est votre code {sender}. Il expire dans {minutes} min. Ne le partagez pas.',
  email: {
    subject: 'Votre code {sender}',
    text: '{code} est votre code {sender}. Il expire dans {minutes} min. Ne le partagez pas.',
  },
  spoken: {
    payment: 'Il s’agit d’un paiement de {amount} à {payee}. ',
    code: 'Votre code {sender} est {code}. Je répète : {code}.',
    askForKey: 'Ici {sender}. Appuyez sur 1 pour écouter votre code.',
    notNeeded: 'Votre code n’est plus nécessaire. Au revoir.',
    tooLate: 'Le code n’est plus valable. Veuillez recommencer.',
  },
};
