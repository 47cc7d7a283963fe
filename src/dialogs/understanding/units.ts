import { PhraseBook } from './phrases.ts';
import { plainTokens, type Token, tokenize } from './tokens.ts';

/** What a number counts. Units of one dimension convert exactly; `thing` stands for every noun that is no measure. */
export interface Unit {
  name: string;
  dimension: string;
  /** How many of the dimension's base unit it is. */
  size: number;
}

/** A word for a unit, with the number that the word itself carries: "שעתיים" is 2 hours, "once" is 1 time. */
export interface UnitWord {
  unit: Unit;
  /** The number that the word carries, if it can stand without one. */
  carries?: number;
}

const unit = (name: string, dimension = name, size = 1): Unit => ({ name, dimension, size });
const minutes = unit('minutes', 'time', 1);
const seconds = unit('seconds', 'time', 1 / 60);
const hours = unit('hours', 'time', 60);
const days = unit('days', 'time', 1440);
const weeks = unit('weeks', 'time', 10_080);
const months = unit('months', 'months', 1);
const years = unit('years', 'months', 12);
const times = unit('times');
const people = unit('people');
const kilograms = unit('kg', 'weight', 1);
const grams = unit('g', 'weight', 1 / 1000);
const shekels = unit('ILS');
const agorot = unit('agorot');
const dollars = unit('USD');
const euros = unit('EUR');
const pounds = unit('GBP');
const percent = unit('percent');
const stars = unit('stars');
const points = unit('points');
const clock = unit('clock');
const thing = unit('thing');

const unitWords = new PhraseBook<UnitWord>([
  [{ unit: seconds }, 'second,seconds,sec,secs,שניות,שנ'],
  [{ unit: minutes }, "minutes,mins,min,m,דקות,דק'"],
  [{ unit: minutes, carries: 1 }, 'minute,a minute,one minute,דקה,דקה אחת'],
  [{ unit: minutes, carries: 2 }, 'דקותיים,שתי דקות'],
  [
    { unit: minutes, carries: 15 },
    'רבע שעה,כרבע שעה,quarter of an hour,a quarter of an hour,quarter hour,a quarter hour',
  ],
  [{ unit: minutes, carries: 30 }, 'חצי שעה,כחצי שעה,half an hour,half hour,a half hour'],
  [{ unit: minutes, carries: 45 }, 'שלושת רבעי שעה,three quarters of an hour'],
  [{ unit: hours }, 'hours,hrs,hr,h,שעות'],
  [{ unit: hours, carries: 1 }, 'hour,an hour,one hour,שעה,כשעה,שעה אחת'],
  [{ unit: hours, carries: 2 }, 'שעתיים,כשעתיים,a couple of hours,couple of hours,couple hours'],
  [{ unit: hours, carries: 12 }, 'half a day,חצי יום'],
  [{ unit: days }, 'days,ימים,ימי,ימי עסקים,business days,working days,nights,לילות'],
  [{ unit: days, carries: 1 }, 'day,a day,one day,יום,יום אחד,a single day'],
  [{ unit: days, carries: 2 }, 'יומיים,כיומיים,a couple of days,couple of days,couple days,ימיים'],
  [{ unit: weeks }, 'weeks,wks,שבועות'],
  [{ unit: weeks, carries: 1 }, 'week,a week,one week,שבוע,כשבוע,שבוע אחד'],
  [{ unit: weeks, carries: 2 }, 'שבועיים,כשבועיים,fortnight,a fortnight,a couple of weeks,couple of weeks'],
  [{ unit: months }, 'months,חודשים'],
  [{ unit: months, carries: 1 }, 'month,a month,one month,חודש,כחודש,חודש אחד'],
  [{ unit: months, carries: 2 }, 'חודשיים,a couple of months,couple of months'],
  [{ unit: months, carries: 6 }, 'חצי שנה,half a year'],
  [{ unit: years }, 'years,yrs,שנים,שנות'],
  [{ unit: years, carries: 1 }, 'year,a year,one year,שנה,כשנה,שנה אחת'],
  [{ unit: years, carries: 2 }, 'שנתיים,a couple of years,couple of years'],
  [{ unit: times }, 'times,time,פעמים,x'],
  [
    { unit: times, carries: 0 },
    'never,never once,not once,not even once,no times,אף פעם,אף פעם לא,אפילו לא פעם אחת,מעולם לא',
  ],
  [
    { unit: times, carries: 1 },
    'פעם,ופעם,once,just once,only once,one time,a single time,פעם אחת,פעם אחת בלבד,רק פעם אחת',
  ],
  [{ unit: times, carries: 2 }, 'twice,פעמיים,ופעמיים,a couple of times,couple of times,couple times'],
  [{ unit: times, carries: 3 }, 'thrice'],
  [
    { unit: people },
    `
      people, persons, person, ppl, of us, souls, נפשות, אנשים, נפש, איש, אדם, בני אדם, בני בית, דיירים,
      family members, בני משפחה, residents, household members, in the house
    `,
  ],
  [{ unit: kilograms }, 'kg,kgs,kilo,kilos,kilogram,kilograms,קילו,קילוגרם,קילוגרמים,ק"ג,קג'],
  [{ unit: kilograms, carries: 0.5 }, 'half a kilo,חצי קילו,half kilo,half a kg,חצי קג'],
  [{ unit: kilograms, carries: 1 }, 'a kilo,a kg'],
  [{ unit: grams }, "gram,grams,gr,g,גרם,גרמים,גר'"],
  [{ unit: unit('lb') }, 'lb,lbs,pound weight,ליברה,ליברות'],
  [{ unit: unit('ton', 'weight', 1000) }, 'ton,tons,tonnes,טון'],
  [
    { unit: unit('km', 'length', 1000) },
    'km,kms,kilometer,kilometers,kilometre,kilometres,קמ,ק"מ,קילומטר,קילומטרים',
  ],
  [{ unit: unit('metre', 'length', 1) }, 'meter,meters,metre,metres,מטר,מטרים'],
  [{ unit: unit('cm', 'length', 0.01) }, 'cm,centimeters,סמ,ס"מ,סנטימטר'],
  [{ unit: shekels }, 'shekel,shekels,nis,ils,shekalim,שקל,שקלים,ש"ח,שח,שקלים חדשים,שקל חדש'],
  [{ unit: agorot }, 'agorot,agora,אגורות,אגורה'],
  [{ unit: dollars }, 'dollar,dollars,usd,bucks,דולר,דולרים'],
  [{ unit: euros }, 'euro,euros,eur,יורו,אירו'],
  [{ unit: pounds }, 'pounds,gbp,quid,pound,פאונד,לירות'],
  [{ unit: percent }, 'percent,percents,pct,per cent,אחוז,אחוזים,האחוזים'],
  [{ unit: stars, carries: 1 }, 'כוכב אחד,כוכב,a star'],
  [{ unit: stars }, 'star,stars,כוכבים,הכוכבים,⭐,🌟'],
  [{ unit: points }, 'point,points,pts,נקודות,נקודה,נק,marks'],
  [
    { unit: clock },
    `
      pm, am, o'clock, oclock, p.m, a.m, in the morning, in the evening, in the afternoon, at night, בבוקר,
      בערב, בצהריים, בלילה, אחר הצהריים, אחהצ
    `,
  ],
  [
    { unit: thing },
    `
      items, item, products, product, packages, package, parcels, parcel, boxes, box, orders, order, calls,
      call, messages, message, emails, email, agents, agent, reps, rep, representatives, attempts, attempt,
      tries, tickets, ticket, questions, question, kids, children, girls, boys, friends, customers, phones,
      branches, stores, shops, rooms, room, units, things, thing, reasons, reason, problems, problem,
      issues, issue, complaints, complaint, errors, mistakes, pieces, pairs, deliveries, couriers, drivers,
      lines, cars, seats, tables, visits, visit, years old, bags, bottles, devices, channels, gb, mb, tb,
      mbps, inch, inches, degrees, floors, floor, steps, pages, letters, employees, workers, clerks,
      missing, missing items, broken, hours late, others, other people, different, more, more times
    `,
  ],
  [
    { unit: thing },
    `
      מוצרים, מוצר, פריטים, פריט, חבילות, חבילה, משלוחים, הזמנות, הזמנה, שיחות, שיחה, הודעות, הודעה, מיילים,
      נציגים, נציגות, נציג, ניסיונות, נסיונות, פניות, פנייה, שאלות, ילדים, ילדות, בנות, בנים, חברים, חברות,
      לקוחות, טלפונים, סניפים, חנויות, חדרים, חדר, דברים, דבר, סיבות, בעיות, בעיה, תקלות, תקלה, תלונות,
      תלונה, טעויות, שגיאות, חלקים, זוגות, שליחים, קווים, רכבים, מכוניות, כיסאות, שולחנות, ביקורים, שקיות,
      בקבוקים, מכשירים, ערוצים, ג׳יגה, גיגה, מגה, אינץ, מעלות, קומות, עמודים, עובדים, פקידים, ארגזים,
      קופסאות, יחידות, יחידה, אחרים, שונים, הילדים, החברים, הפעמים, המוצרים, החבילות
    `,
  ],
]);

/** The unit named from token `from`, longest name first. */
export function unitAt(tokens: readonly Token[], from: number): (UnitWord & { length: number }) | undefined {
  const found = unitWords.match(tokens, from);
  return found && { ...found.meaning, length: found.length };
}

/** The unit of a currency or percent sign beside a number, in the gap before or after it. */
export function unitOfSign(gap: string): Unit | undefined {
  if (gap === '' || gap === ' ') return undefined;
  if (gap.includes('%')) return percent;
  if (gap.includes('₪')) return shekels;
  if (gap.includes('$')) return dollars;
  if (gap.includes('€')) return euros;
  if (gap.includes('£')) return pounds;
  return undefined;
}

/** The unit that a question states, by any of its names; a name of the question's own is a unit by itself. */
export function unitNamed(name: string): Unit {
  const sign = unitOfSign(name);
  if (sign) return sign;
  const { tokens } = tokenize(name);
  const known = unitWords.whole(tokens)?.unit;
  return known && known !== thing ? known : unit(plainTokens(tokens));
}

/** How many `to` one `from` is, when that is exact for every reader. */
export function conversion(from: Unit, to: Unit): number | undefined {
  return from.dimension === to.dimension ? from.size / to.size : undefined;
}
