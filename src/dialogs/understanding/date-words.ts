import { PhraseBook } from './phrases.ts';

/** A word that names a day or moves one. */
export type DateWord =
  /** So many days from today. */
  | { kind: 'shift'; days: number; sure: boolean }
  /** 0 is Sunday. */
  | { kind: 'weekday'; weekday: number }
  | { kind: 'month'; month: number }
  /** A time of day, which says nothing about the date. */
  | { kind: 'time' };

const shift = (days: number, sure = true): DateWord => ({ kind: 'shift', days, sure });

/** How people name the days of the week, from Sunday on; the names of one day are separated by commas. */
export const weekdayNames: ReadonlyArray<string> = [
  `
    sunday, sun, sundays, יום ראשון, ביום ראשון, ראשון, בראשון, לראשון, מראשון, יום א, ביום א, ליום ראשון,
    מיום ראשון, ה ראשון, וראשון
  `,
  'monday,mon,יום שני,ביום שני,שני,בשני,לשני,משני,יום ב,ביום ב,ליום שני,מיום שני,ושני',
  'tuesday,tue,tues,יום שלישי,ביום שלישי,שלישי,בשלישי,לשלישי,משלישי,יום ג,ביום ג,ליום שלישי,ושלישי',
  `
    wednesday, wed, weds, יום רביעי, ביום רביעי, רביעי, ברביעי, לרביעי, מרביעי, יום ד, ביום ד, ליום רביעי,
    ורביעי
  `,
  `
    thursday, thu, thur, thurs, יום חמישי, ביום חמישי, חמישי, בחמישי, לחמישי, מחמישי, יום ה, ביום ה,
    ליום חמישי, וחמישי
  `,
  `
    friday, fri, יום שישי, ביום שישי, שישי, בשישי, לשישי, משישי, יום ו, ביום ו, ליום שישי, ששי, יום ששי,
    ערב שבת, בערב שבת, ושישי
  `,
  `
    saturday, sat, שבת, בשבת, יום שבת, ביום שבת, לשבת, משבת, מוצש, במוצש, מוצ"ש, במוצ"ש, מוצאי שבת,
    במוצאי שבת, יום ש, shabbat, shabat, saturday night, ושבת
  `,
];

/** How people name the months, from January on; the names of one month are separated by commas. */
export const monthNames: ReadonlyArray<string> = [
  'january,jan,ינואר,jan.',
  'february,feb,פברואר',
  'march,mar,מרץ,מרס',
  'april,apr,אפריל',
  'may,מאי',
  'june,jun,יוני',
  'july,jul,יולי',
  'august,aug,אוגוסט',
  'september,sep,sept,ספטמבר',
  'october,oct,אוקטובר',
  'november,nov,נובמבר',
  'december,dec,דצמבר',
];

function* entries(): Generator<readonly [DateWord, string | string[]]> {
  yield [
    shift(0),
    `
      today, 2day, this morning, this afternoon, this evening, tonight, earlier today, later today,
      just now, right now, now, today morning, the same day today, היום, הבוקר, הערב, היום בבוקר, היום בערב,
      היום בצהריים, עכשיו, ממש עכשיו, הרגע, לפני רגע, לפני כמה דקות, a moment ago, a few minutes ago,
      minutes ago, עוד היום, hayom
    `,
  ];
  yield [
    shift(-1),
    `
      yesterday, yday, ystrday, yesterday morning, yesterday evening, yesterday afternoon, last night,
      yesterday night, last evening, אתמול, אתמול בערב, אתמול בבוקר, אתמול בצהריים, אתמול בלילה, אמש, מאתמול
    `,
  ];
  yield [
    shift(-2),
    'the day before yesterday,day before yesterday,two days ago,ereyesterday,שלשום,שילשום,שלשום בערב,שלשום בבוקר',
  ];
  yield [
    shift(1),
    `
      tomorrow, tmrw, tmrrw, tomorow, tommorow, tommorrow, 2morrow, tmr, tmw, tomorrow morning,
      tomorrow evening, tomorrow afternoon, tomorrow night, מחר, מחר בבוקר, מחר בערב, מחר בצהריים, למחר,
      ממחר
    `,
  ];
  yield [shift(2), 'the day after tomorrow,day after tomorrow,overmorrow,מחרתיים,מחרותיים,למחרתיים'];
  yield [
    shift(7),
    'a week from today,one week from today,week from today,a week from now,today week,היום בעוד שבוע,בעוד שבוע מהיום,שבוע מהיום',
  ];
  yield [shift(8), 'a week from tomorrow,a week tomorrow,מחר בעוד שבוע,שבוע ממחר'];
  yield [shift(-7), 'a week ago today,היום לפני שבוע'];
  for (const [weekday, names] of weekdayNames.entries()) yield [{ kind: 'weekday', weekday }, names];
  for (const [index, names] of monthNames.entries()) {
    const hebrew = names.split(',').filter((name) => /[א-ת]/.test(name));
    yield [
      { kind: 'month', month: index + 1 },
      [...names.split(','), ...hebrew.flatMap((name) => [`ב${name}`, `ל${name}`, `ב ${name}`])],
    ];
  }
  yield [
    { kind: 'time' },
    `
      morning, evening, afternoon, noon, night, midday, midnight, in the morning, in the evening,
      in the afternoon, at night, at noon, am, pm, oclock, o'clock, early, late, around noon, lunch,
      lunchtime, בבוקר, בערב, בצהריים, בלילה, אחר הצהריים, אחהצ, אחרי הצהריים, לפני הצהריים, לפנות בוקר,
      לפנות ערב, בצהרי היום, מוקדם, מאוחר, בשעה, שעה, בסביבות השעה, בשעות הבוקר, בשעות הערב, בחצות
    `,
  ];
}

/** Words and phrases about dates, in both languages. */
export const dateWords = new PhraseBook<DateWord>(entries());

/** The words that a mistyped one may stand for. */
export const dateVocabulary: ReadonlyArray<string> = [
  ...['yesterday', 'tomorrow', 'today', 'אתמול', 'מחרתיים', 'שלשום'],
  ...weekdayNames.map((names) => names.split(',')[0] ?? ''),
  ...monthNames.flatMap((names) => names.split(',').filter((name) => name.length >= 5)),
  ...['חמישי', 'שלישי', 'רביעי'],
];
