import type { Command } from './reading.ts';
import { plainText } from './tokens.ts';

/** The ways to say each command as a whole message. */
const phrases: Record<Command, readonly string[]> = {
  stop: [
    'stop',
    'stopall',
    'stop all',
    'unsubscribe',
    'opt out',
    'optout',
    'remove me',
    'הסר',
    'הסירו',
    'הסירי',
    'הסר אותי',
    'הסירו אותי',
    'תסירו אותי',
    'עצור',
    'עצרו',
    'הפסק',
    'הפסיקו',
    'תפסיקו',
    'להסרה',
    'הסרה',
  ],
  start: ['start', 'unstop', 'התחל', 'התחילו', 'להתחיל'],
  human: [
    'human',
    'agent',
    'representative',
    'operator',
    'a person',
    'real person',
    'talk to a human',
    'נציג',
    'נציגה',
    'נציג אנושי',
    'בן אדם',
    'אדם',
  ],
  help: ['help', 'info', 'עזרה', 'תעזרו לי'],
  'language:he': ['עברית', 'בעברית', 'hebrew', 'ivrit'],
  'language:en': ['אנגלית', 'באנגלית', 'english'],
  back: ['back', 'go back', 'previous', 'חזור', 'חזרה', 'אחורה', 'הקודמת', 'לשאלה הקודמת'],
  skip: ['skip', 'pass', 'skip this', 'דלג', 'דלגו', 'לדלג', 'דילוג', 'הבא', 'הלאה'],
  restart: ['restart', 'start over', 'מההתחלה', 'להתחיל מחדש', 'התחל מחדש'],
  pause: ['pause', 'later', 'not now', 'אחר כך', 'לא עכשיו', 'מאוחר יותר', 'השהה'],
};

const commandOf = new Map<string, Command>();
for (const [command, ways] of Object.entries(phrases)) {
  for (const way of ways) {
    const known = isCommand(command) ? command : undefined;
    if (known) commandOf.set(plainText(way), known);
  }
}

function isCommand(name: string): name is Command {
  return name in phrases;
}

/** The command that a whole message is, if it is one. */
export function readCommand(plain: string): Command | undefined {
  return commandOf.get(plain);
}
