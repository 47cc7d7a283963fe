import { foldText } from './fold.ts';

/** Words of praise and blame, which beside an option say how it was and never which: "poor quality", "השירות היה מדהים". */
const opinions: ReadonlySet<string> = new Set(
  (
    'good bad poor great nice best better worst worse terrible awful horrible amazing excellent fantastic wonderful lovely slow rude cheap low high lousy crappy perfect decent quick friendly disappointing ' +
    'טוב טובה טובים טובות גרוע גרועה גרועים גרועות ירוד ירודה נמוך נמוכה נמוכים גבוה גבוהה גבוהים מעולה מעולים מצוין מצוינת מצויין מצויינת נורא נוראי נוראית נורית איטי איטית מדהים מדהימה נהדר נהדרת ' +
    'יפה יפים מושלם מושלמת אחלה מגעיל מזעזע מזעזעת מחורבן זוועתי זוועתית אדיב אדיבה מקצועי מקצועית מאכזב מאכזבת מעצבן מעצבנת זול זולה זולים נוח נוחה'
  )
    .split(' ')
    .map(foldText),
);

/** Whether a folded word is praise or blame, also with the Hebrew "the". */
export function isOpinion(word: string): boolean {
  return opinions.has(word) || (word.startsWith('ה') && opinions.has(word.slice(1)));
}
