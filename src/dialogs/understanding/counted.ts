import type { Mention } from './mentions.ts';
import { endsClause, type Message } from './tokens.ts';
import type { Role } from './words.ts';

/** Words in -s and in -ים, -ות that often follow a number and are nothing that it counts. */
const notCounted = new Set(
  (
    'always thanks was is his guys sometimes besides this yes plus as has does its lets champs legends us class needs works takes arrives comes looks seems feels delivers tastes fits gets goes keeps makes lacks sucks rocks ' +
    'perhaps towards afterwards nevertheless nonetheless unless less across delicious fabulous gorgeous courteous obvious serious gracious awesomes bless success business express ' +
    'אלופימ תותחימ מהממימ מעולימ מצוינימ מצויינימ נהדרימ מדהימימ גדולימ נחמדימ מקסימימ אדיבימ חמודימ יקרימ מקצועיימ מלכימ נפלאימ מושלמימ מאוכזבימ גרועימ גנבימ שקרנימ חצופימ עלובימ לפעמימ לרוב טובימ מרוצימ מהירימ ' +
    'שירות איכות מהירות אדיבות אחריות סבלנות מקצועיות זמינות להיות לקנות לחכות לראות לעשות לענות לא הייתמ עומדימ יכולימ צריכימ עוזרימ נותנימ עונימ מגיעימ עושימ ממשיכימ'
  ).split(' '),
);

/** "3 of my friends" */
const owners = new Set(['my', 'the', 'your', 'their', 'our', 'them', 'us', 'these', 'those', 'his', 'her']);

/** What makes a zero rounder, and counts nothing. */
const absolute = new Set(['מוחלט', 'מאופס', 'אחד', 'absolute', 'period', 'ever']);

/** Whether a bare number counts the word right after it, as far as endings tell: "3 helpers came", "zero complaints". */
export function countsWhatFollows(
  message: Message,
  roles: ReadonlyArray<Role | undefined>,
  mention: Mention,
): boolean {
  const next = message.tokens[mention.to];
  if (next?.text === 'of' && owners.has(message.tokens[mention.to + 1]?.text ?? ''))
    return mention.kind === 'plain';
  if (
    mention.kind !== 'plain' ||
    next?.kind !== 'word' ||
    roles[mention.to] !== undefined ||
    endsClause(next.gap)
  )
    return false;
  if (
    mention.value === 0 &&
    (mention.numeral?.written === 'words' || mention.to + 1 === message.tokens.length)
  )
    return !next.text.endsWith('ימ') && !absolute.has(next.text);
  if (mention.value === 1 || notCounted.has(next.text)) return false;
  if (/^[a-z]/.test(next.text)) return next.text.length > 3 && /[^s]s$/.test(next.text);
  return next.text.length > 4 && /(?:ימ|ות)$/.test(next.text) && !/^[הב]/.test(next.text);
}
