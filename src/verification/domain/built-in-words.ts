/** What messages say where an application says nothing of its own. */
export interface BuiltInWords {
  sms: string;
  email: { subject: string; text: string };
}

export const ENGLISH: BuiltInWords = {
  sms: '{code} is your {sender} code. It is valid for {minutes} min. Do not share it.',
  email: {
    subject: 'Your {sender} code',
    text: '{code} is your {sender} code. It is valid for {minutes} min. Do not share it.',
  },
};

/**
 * By language. The code comes first, where every phone finds it. Text messages keep to the 7-bit alphabet, which has `é` and `ñ`
 * but neither `ó` nor `ş`: those are spelled without their marks, as is usual there. One segment holds the longest values.
 */
export const BUILT_IN: Record<string, BuiltInWords> = {
  en: ENGLISH,
  de: {
    sms: '{code} ist Ihr {sender}-Code. Er gilt {minutes} min. Geben Sie ihn nicht weiter.',
    email: {
      subject: 'Ihr {sender}-Code',
      text: '{code} ist Ihr {sender}-Code. Er gilt {minutes} min. Geben Sie ihn nicht weiter.',
    },
  },
  es: {
    sms: '{code} es su codigo de {sender}. Caduca en {minutes} min. No lo comparta.',
    email: {
      subject: 'Su código de {sender}',
      text: '{code} es su código de {sender}. Caduca en {minutes} min. No lo comparta.',
    },
  },
  fr: {
    sms: '{code} est votre code {sender}. Il expire dans {minutes} min. Ne le partagez pas.',
    email: {
      subject: 'Votre code {sender}',
      text: '{code} est votre code {sender}. Il expire dans {minutes} min. Ne le partagez pas.',
    },
  },
  it: {
    sms: '{code} è il suo codice {sender}. Scade tra {minutes} min. Non lo condivida.',
    email: {
      subject: 'Il suo codice {sender}',
      text: '{code} è il suo codice {sender}. Scade tra {minutes} min. Non lo condivida.',
    },
  },
  nl: {
    sms: '{code} is uw {sender}-code. Deze is {minutes} min geldig. Deel de code niet.',
    email: {
      subject: 'Uw {sender}-code',
      text: '{code} is uw {sender}-code. Deze is {minutes} min geldig. Deel de code niet.',
    },
  },
  pl: {
    sms: '{code} to Twoj kod {sender}. Jest wazny {minutes} min. Nie udostepniaj go nikomu.',
    email: {
      subject: 'Twój kod {sender}',
      text: '{code} to Twój kod {sender}. Jest ważny {minutes} min. Nie udostępniaj go nikomu.',
    },
  },
  tr: {
    sms: '{code}, {sender} kodunuz. {minutes} dk gecerlidir. Kimseyle paylasmayin.',
    email: {
      subject: '{sender} kodunuz',
      text: '{code}, {sender} kodunuz. {minutes} dk geçerlidir. Kimseyle paylaşmayın.',
    },
  },
};
