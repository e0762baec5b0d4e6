import { CODE } from './de-code.js';
import { FACTORS } from './de-factors.js';
import { dateIn, timeIn } from './time.js';
import type { Words } from './words.js';

const CHANNELS = { sms: 'SMS', voice: 'Anruf', email: 'E-Mail' };
const THE = { sms: 'Die SMS', voice: 'Der Anruf', email: 'Die E-Mail' };

export const GERMAN: Words = {
  locale: 'de',
  signIn: {
    title: 'Anmelden',
    lead: 'Zuerst Name und Passwort. Dann ein Code.',
    name: 'Name',
    password: 'Passwort',
    submit: 'Weiter',
    wrong: 'Name oder Passwort ist falsch.',
  },
  demo: {
    title: 'Zum Ausprobieren',
    inbox: 'Nachrichten kommen im Posteingang der Sandbox an',
    password: 'Passwort',
    arrives: 'Die SMS kommt an.',
    smsFails: 'Die SMS kommt nicht an, und ein Anruf folgt von selbst.',
  },
  home: {
    title: 'Ihr Konto',
    signedInAs: (name) => `Sie sind als ${name} angemeldet.`,
    pay: 'Eine Zahlung machen',
    factors: 'Authenticator-Apps und Ersatzcodes',
    payments: 'Zahlungen',
    none: 'Noch keine.',
    signOut: 'Abmelden',
    nothingHere: 'Unter dieser Adresse gibt es nichts.',
    broken: 'Bei uns stimmt etwas nicht. Bitte versuchen Sie es später noch einmal.',
    toStart: 'Zur ersten Seite',
  },
  code: CODE,
  delivery: {
    underway: (channel, to) =>
      channel === 'voice' ? `Wir rufen ${to} an.` : `Ein Code ist per ${CHANNELS[channel]} unterwegs an ${to}.`,
    delivered: (channel, to) =>
      channel === 'voice'
        ? `Wir haben ${to} angerufen und einen Code angesagt.`
        : `Wir haben einen Code per ${CHANNELS[channel]} an ${to} gesendet.`,
    lost: (channel, to) => `${THE[channel]} an ${to} kam nicht an.`,
  },
  trouble: {
    wrongCode: (attempts) => `Das ist nicht der Code. ${attempts}`,
    usedCode: (attempts) =>
      `Dieser Code wurde schon benutzt, und jeder gilt einmal. Nehmen Sie den nächsten. ${attempts}`,
    notABackupCode: 'Ein Ersatzcode hat 13 Buchstaben und Ziffern, und keine 0, 1, 8 oder 9.',
    factorLocked: (time) => `Zu viele falsche Codes. In ${time} geht es hier wieder; ein anderer Weg geht schon jetzt.`,
    notACode: 'Ein Code hat sechs bis zehn Ziffern und sonst nichts.',
    attemptsUsedUp:
      'Zu viele falsche Codes: Alle Versuche sind verbraucht. Warten Sie einige Minuten und beginnen Sie neu.',
    expired: 'Der Code ist abgelaufen. Nichts ist verloren: Machen Sie mit einem neuen weiter.',
    canceled: 'Das wurde abgebrochen, und die Codes gelten nicht mehr. Machen Sie mit einem neuen weiter.',
    usedBefore: 'Dieser Code wurde schon verwendet. Bitte beginnen Sie neu.',
    tooSoon: (time) => `Gerade wurde ein Code gesendet. In ${time} können Sie einen weiteren anfordern.`,
    tooOften: (time) => `Das war zu oft. Bitte versuchen Sie es in ${time} noch einmal.`,
    noMoreCodes:
      'Hierfür können keine weiteren Codes gesendet werden. Einer, der schon da ist, gilt noch; sonst beginnen Sie später neu.',
    recipientRefused:
      'Dorthin dürfen wir keinen Code senden. Wählen Sie einen anderen Weg, oder bitten Sie uns um Hilfe.',
    noChannel: 'Das haben Sie bei uns nicht eingerichtet. Wählen Sie einen anderen Weg, oder bitten Sie uns um Hilfe.',
    tooManyFactors: 'Mehr Authenticator-Apps kann man nicht haben. Entfernen Sie zuerst eine.',
    enrolmentEnded:
      'Das hat zu lange gedauert, oder inzwischen wurde eine andere begonnen. Es wurde nichts hinzugefügt: Bitte beginnen Sie neu.',
    codesUnseen:
      'Ihre Authenticator-App wurde hinzugefügt, aber ihre Ersatzcodes kamen hier nicht an. Machen Sie unten neue.',
    noAnswer:
      'Unser Code-Dienst hat nicht geantwortet. Nichts ist verloren: Bitte versuchen Sie es gleich noch einmal.',
    busy: 'Gerade melden sich sehr viele an. Nichts wurde gezählt: Bitte versuchen Sie es gleich noch einmal.',
    elsewhere: 'Aus Ihrem Netz geht das nicht. Versuchen Sie es aus einem anderen, oder bitten Sie uns um Hilfe.',
    otherTab: 'Sie haben in einem anderen Tab etwas anderes begonnen. Diese Seite zeigt jetzt das.',
    sendAgain: 'Das kam nicht an. Bitte senden Sie es noch einmal.',
    startAgain: 'Hier geht es nicht weiter. Bitte beginnen Sie neu.',
    ourFault: 'Bei uns stimmt etwas nicht. Bitte versuchen Sie es später noch einmal, oder bitten Sie uns um Hilfe.',
  },
  pay: {
    title: 'Eine Zahlung machen',
    payee: 'An',
    badPayee: 'Wer bekommt es? Bis zu 40 Buchstaben, Ziffern und Leerzeichen.',
    amount: 'Betrag in Euro',
    amountHint: 'Zum Beispiel 25 oder 25,50',
    badAmount: 'Ein Betrag ist eine Zahl von Euro, von 0,01 bis 9999,99.',
    submit: 'Weiter',
    summary: (amount, payee) => `${amount} an ${payee}`,
    confirmTitle: 'Jetzt zahlen?',
    approved: 'Ihr Code war richtig. Er gilt für diese Zahlung und für keine andere.',
    payNow: 'Jetzt zahlen',
    otherPayment: 'Bestätigt wurde eine andere Zahlung als diese. Es wurde nichts gezahlt.',
    approvalOver: 'Die Bestätigung wurde schon verwendet oder ist zu alt. Es wurde gerade nichts gezahlt.',
    toAccount: 'Zurück zum Konto',
  },
  factors: FACTORS,
  time: timeIn('de'),
  date: dateIn('de'),
};
