/** What stands where in a form that a person sees. */
export interface EndUserText {
  title: string;
  detail: string;
}

/** What a person is told, whatever the cause: no rule, no limit and no detector has a sentence of its own. */
export interface Words {
  /** @param time how long to wait, `9 seconds` or `3 minutes`. */
  tooMany: (time: string) => EndUserText;
  /** The person's other ways in are as they were (R21). */
  tooManyOfFactor: (time: string) => EndUserText;
  justSent: (time: string) => EndUserText;
  startAgain: EndUserText;
  elsewhere: EndUserText;
  /** Where no address is in the way: by an app, a backup code or a message, whichever this is not. */
  otherWay: EndUserText;
  notNow: EndUserText;
}

export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export const WORDS: Record<Language, Words> = {
  en: {
    tooMany: (time) => ({ title: 'Please wait', detail: `That was too often. Please try again in ${time}.` }),
    tooManyOfFactor: (time) => ({
      title: 'Please wait',
      detail: `That was too often. Please use another way, or try again in ${time}.`,
    }),
    justSent: (time) => ({
      title: 'Please wait',
      detail: `A code was sent a moment ago. You can ask for another in ${time}.`,
    }),
    startAgain: { title: 'Please start again', detail: 'This can not be continued. Please start again.' },
    elsewhere: {
      title: 'No code can be sent there',
      detail: 'Please use another phone number or e-mail address, or ask us for help.',
    },
    otherWay: {
      title: 'Please use another way',
      detail: 'This can not be confirmed in this way. Please choose another one, or ask us for help.',
    },
    notNow: { title: 'Not possible right now', detail: 'Something does not work. Please try again in a moment.' },
  },
  de: {
    tooMany: (time) => ({ title: 'Bitte warten', detail: `Das war zu oft. Bitte versuchen Sie es in ${time} erneut.` }),
    tooManyOfFactor: (time) => ({
      title: 'Bitte warten',
      detail: `Das war zu oft. Bitte wählen Sie einen anderen Weg, oder versuchen Sie es in ${time} erneut.`,
    }),
    justSent: (time) => ({
      title: 'Bitte warten',
      detail: `Eben wurde ein Code gesendet. In ${time} können Sie einen neuen anfordern.`,
    }),
    startAgain: { title: 'Bitte neu beginnen', detail: 'Hier geht es nicht weiter. Bitte beginnen Sie von vorn.' },
    elsewhere: {
      title: 'Dorthin kann kein Code gesendet werden',
      detail: 'Bitte verwenden Sie eine andere Telefonnummer oder E-Mail-Adresse, oder bitten Sie uns um Hilfe.',
    },
    otherWay: {
      title: 'Bitte einen anderen Weg wählen',
      detail: 'Auf diesem Weg geht es hier nicht. Bitte wählen Sie einen anderen, oder bitten Sie uns um Hilfe.',
    },
    notNow: {
      title: 'Gerade nicht möglich',
      detail: 'Etwas funktioniert nicht. Bitte versuchen Sie es gleich noch einmal.',
    },
  },
  fr: {
    tooMany: (time) => ({
      title: 'Veuillez patienter',
      detail: `Trop de tentatives. Veuillez réessayer dans ${time}.`,
    }),
    tooManyOfFactor: (time) => ({
      title: 'Veuillez patienter',
      detail: `Trop de tentatives. Veuillez utiliser un autre moyen, ou réessayer dans ${time}.`,
    }),
    justSent: (time) => ({
      title: 'Veuillez patienter',
      detail: `Un code vient d’être envoyé. Vous pourrez en demander un autre dans ${time}.`,
    }),
    startAgain: { title: 'Veuillez recommencer', detail: 'Impossible de continuer ainsi. Veuillez recommencer.' },
    elsewhere: {
      title: 'Aucun code ne peut y être envoyé',
      detail: 'Veuillez utiliser un autre numéro ou une autre adresse e-mail, ou demandez-nous de l’aide.',
    },
    otherWay: {
      title: 'Veuillez choisir un autre moyen',
      detail: 'Ce moyen ne peut pas être utilisé ici. Veuillez en choisir un autre, ou demandez-nous de l’aide.',
    },
    notNow: {
      title: 'Impossible pour le moment',
      detail: 'Quelque chose ne fonctionne pas. Veuillez réessayer dans un instant.',
    },
  },
  es: {
    tooMany: (time) => ({ title: 'Espere, por favor', detail: `Demasiados intentos. Inténtelo de nuevo en ${time}.` }),
    tooManyOfFactor: (time) => ({
      title: 'Espere, por favor',
      detail: `Demasiados intentos. Use otro método, o inténtelo de nuevo en ${time}.`,
    }),
    justSent: (time) => ({
      title: 'Espere, por favor',
      detail: `Se acaba de enviar un código. Podrá pedir otro en ${time}.`,
    }),
    startAgain: { title: 'Empiece de nuevo', detail: 'No se puede continuar. Empiece de nuevo, por favor.' },
    elsewhere: {
      title: 'No se puede enviar un código allí',
      detail: 'Use otro número de teléfono u otra dirección de correo, o pídanos ayuda.',
    },
    otherWay: { title: 'Elija otro método', detail: 'Este método no se puede usar aquí. Elija otro, o pídanos ayuda.' },
    notNow: { title: 'Ahora no es posible', detail: 'Algo no funciona. Inténtelo de nuevo en un momento.' },
  },
};
