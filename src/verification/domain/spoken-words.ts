/** The sentences of a call. `{code}` is spoken digit by digit, twice, because nobody has a pen at once (R37). */
export interface SpokenWords {
  /** Before the code of a payment: nobody confirms what he was not told (RTS on strong customer authentication, Article 5). */
  payment: string;
  code: string;
  /** Before anything is told: whoever answers shows that it is a person. */
  askForKey: string;
  /** After the key, when the person has been let in already or does not want to be any more. */
  notNeeded: string;
  /** After the key, when the code would come too late. */
  tooLate: string;
}

export const ENGLISH: SpokenWords = {
  payment: 'This is about a payment of {amount} to {payee}. ',
  code: 'Your {sender} code is {code}. Once more: {code}.',
  askForKey: 'This is {sender}. Press 1 to hear your code.',
  notNeeded: 'Your code is not needed any more. Goodbye.',
  tooLate: 'There is no code to hear any more. Please start again.',
};

/** By language. A call in any other is in English, words and voice. */
export const SPOKEN_WORDS: Record<string, SpokenWords> = {
  en: ENGLISH,
  de: {
    payment: 'Es geht um eine Zahlung von {amount} an {payee}. ',
    code: 'Ihr {sender}-Code lautet {code}. Noch einmal: {code}.',
    askForKey: 'Hier ist {sender}. Drücken Sie die 1, um Ihren Code zu hören.',
    notNeeded: 'Ihr Code wird nicht mehr gebraucht. Auf Wiederhören.',
    tooLate: 'Der Code ist nicht mehr gültig. Bitte beginnen Sie von vorn.',
  },
  es: {
    payment: 'Se trata de un pago de {amount} a {payee}. ',
    code: 'Su código de {sender} es {code}. Repito: {code}.',
    askForKey: 'Le llama {sender}. Pulse 1 para escuchar su código.',
    notNeeded: 'Su código ya no es necesario. Adiós.',
    tooLate: 'El código ya no es válido. Vuelva a empezar, por favor.',
  },
  fr: {
    payment: 'Il s’agit d’un paiement de {amount} à {payee}. ',
    code: 'Votre code {sender} est {code}. Je répète : {code}.',
    askForKey: 'Ici {sender}. Appuyez sur 1 pour écouter votre code.',
    notNeeded: 'Votre code n’est plus nécessaire. Au revoir.',
    tooLate: 'Le code n’est plus valable. Veuillez recommencer.',
  },
  it: {
    payment: 'Si tratta di un pagamento di {amount} a {payee}. ',
    code: 'Il suo codice {sender} è {code}. Ripeto: {code}.',
    askForKey: 'Qui {sender}. Prema 1 per ascoltare il suo codice.',
    notNeeded: 'Il suo codice non serve più. Arrivederci.',
    tooLate: 'Il codice non è più valido. La preghiamo di ricominciare.',
  },
  nl: {
    payment: 'Het gaat om een betaling van {amount} aan {payee}. ',
    code: 'Uw code van {sender} is {code}. Nogmaals: {code}.',
    askForKey: 'Dit is {sender}. Druk op 1 om uw code te horen.',
    notNeeded: 'Uw code is niet meer nodig. Tot ziens.',
    tooLate: 'De code is niet meer geldig. Begin alstublieft opnieuw.',
  },
  pl: {
    payment: 'Chodzi o płatność {amount} na rzecz {payee}. ',
    code: 'Twój kod {sender} to {code}. Powtarzam: {code}.',
    askForKey: 'Tu {sender}. Naciśnij 1, aby usłyszeć swój kod.',
    notNeeded: 'Twój kod nie jest już potrzebny. Do widzenia.',
    tooLate: 'Kod nie jest już ważny. Prosimy zacząć od nowa.',
  },
  tr: {
    payment: 'Bu arama, {payee} alıcısına {amount} tutarındaki ödeme hakkındadır. ',
    code: '{sender} kodunuz: {code}. Tekrar ediyorum: {code}.',
    askForKey: '{sender} arıyor. Kodunuzu duymak için 1 tuşuna basın.',
    notNeeded: 'Kodunuza artık gerek yok. Hoşça kalın.',
    tooLate: 'Kod artık geçerli değil. Lütfen baştan başlayın.',
  },
};
