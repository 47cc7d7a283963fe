import { ambiguous, confirm, type Draft, invalid, take } from './readings.ts';
import type { Message } from './tokens.ts';

const atoms = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domains = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/;
/** Limits of RFC 5321, section 4.5.3.1. */
const localMax = 64;
const addressMax = 254;

/** Domains whose slips are met daily, with the slips. */
const misspelt: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'gmail.com':
      'gmial.com gmai.com gmail.co gmail.con gmail.cm gmail.om gamil.com gnail.com gmal.com gmaill.com gmail.comm gmil.com gmaul.com gmail.co.il gmail.coom',
    'hotmail.com': 'hotmial.com hotmai.com hotmail.con hotmal.com hotmil.com hotmail.co hotmaill.com',
    'yahoo.com': 'yaho.com yahoo.con yhaoo.com yahooo.com yahoo.co',
    'outlook.com': 'outlok.com outlook.con outloook.com outlook.co',
    'walla.co.il': 'wala.co.il walla.co.li walla.com.il wallla.co.il',
    'icloud.com': 'iclod.com icloud.con icloud.co',
  }).flatMap(([right, wrong]) => wrong.split(' ').map((domain) => [domain, right] as const)),
);

/**
 * Reads one e-mail address, also with words around it or dictated ("dana at gmail dot com", "דנה שטרודל…" in Latin letters), as RFC 5321 allows it and people have it: ASCII, a domain
 * with a dot. A domain that looks misspelt is offered both ways.
 */
export function readEmail(message: Message): Draft {
  const found = new Set<string>();
  let broken = false;
  for (const piece of message.folded.split(/[\s<>,;:()[\]"]+/)) {
    if (!piece.includes('@')) continue;
    const address = cleaned(piece);
    if (isAddress(address)) found.add(address);
    else broken = true;
  }
  const [address] = found;
  if (found.size > 1) return ambiguous('two_emails', found);
  if (address !== undefined && !broken) {
    if (isNegated(message, address)) return invalid('negated');
    const right = misspelt.get(address.slice(address.indexOf('@') + 1));
    if (right !== undefined)
      return ambiguous('email_misspelt', [address.slice(0, address.indexOf('@') + 1) + right, address]);
    return isTyped(message.raw, address) ? take(address, 'email') : confirm(address, 'email');
  }
  const spoken = spokenAddress(message.folded);
  return spoken !== undefined && isAddress(spoken)
    ? confirm(spoken, 'email_spoken')
    : invalid('not_an_email');
}

/** Without the marks that a sentence puts around an address. */
function cleaned(piece: string): string {
  return piece
    .replace(/^(?:mailto)?[^a-z0-9]+/, '')
    .replace(/[^a-z0-9]+$/, '')
    .replace(/^[\u05d0-\u05ea]+-?/, '');
}

function isAddress(text: string): boolean {
  const at = text.indexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || local.length > localMax || text.length > addressMax) return false;
  return atoms.test(local) && domains.test(domain) && !domain.endsWith('.con');
}

/** Whether an address stands in the reply as it is, and is not the folded form of other letters ("josé"). */
function isTyped(raw: string, address: string): boolean {
  return raw
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .includes(address);
}

function isNegated(message: Message, address: string): boolean {
  const before = message.folded.slice(0, message.folded.indexOf(address));
  return /(?:^|[\s,])(?:not|לא|no longer)\s+(?:at\s+|ל-?)?$/.test(before);
}

const signs: ReadonlyArray<readonly [RegExp, string]> = [
  [/ ?\(at\) ?| ?\[at\] ?| at | שטרודל | שטרודל| כרוכית | ?@ ?/g, '@'],
  [/ ?\(dot\) ?| dot | נקודה | ?\. ?|,(?=com|co|net|org)/g, '.'],
  [/ underscore | קו תחתון /g, '_'],
  [/ dash | hyphen | מקף /g, '-'],
];

/** An address said in words, or with spaces inside; only when nothing but the address is left, or politeness before it. */
function spokenAddress(folded: string): string | undefined {
  if (folded.length > addressMax) return undefined;
  let text = folded.trim().replace(/[.!]+$/, '');
  for (const [pattern, sign] of signs) text = text.replace(pattern, sign);
  const words = text.split(/\s+/);
  const candidates = words.filter((word) => word.includes('@'));
  const [only] = candidates;
  if (only === undefined || candidates.length > 1) return undefined;
  const others = words.filter((word) => word !== only);
  return others.every((word) => introducing.has(word.replace(/[:,-]+$/, ''))) ? only : undefined;
}

const introducing = new Set(
  'my email mail e-mail is its it address the please thanks send to המייל מייל שלי אימייל האימייל זה הוא כתובת לשלוח ל תודה בבקשה'.split(
    ' ',
  ),
);
