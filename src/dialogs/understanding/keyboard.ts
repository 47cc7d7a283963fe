/** The Hebrew letter on each key of an English keyboard (SI-1452, as on every computer and phone sold in Israel). */
const keys: ReadonlyArray<readonly [string, string]> = [..."qwertyuiopasdfghjkl;'zxcvbnm,./"].map(
  (key, index) => [key, "/'קראטוןםפשדגכעיחלךף,זסבהנמצתץ."[index] ?? ''],
);
const toHebrew = new Map(keys.map(([english, hebrew]) => [english.charCodeAt(0), hebrew]));
const toEnglish = new Map(keys.map(([english, hebrew]) => [hebrew.charCodeAt(0), english]));

/** Beyond this many characters nobody types on without seeing that the layout is wrong. */
const slipUnitsMax = 40;

/**
 * A text typed with the other keyboard layout: "akuo" for "שלום", "טקד" for "yes". Undefined when it cannot be one: mixed scripts, digits (which read the same on both), one
 * letter, or long.
 */
export function otherLayout(text: string): string | undefined {
  const typed = text.trim().toLowerCase();
  if (typed.length < 2 || typed.length > slipUnitsMax) return undefined;
  if (/[0-9]/.test(typed)) return undefined;
  const hebrew = /[\u05d0-\u05ea]/.test(typed);
  const english = /[a-z]/.test(typed);
  if (hebrew === english) return undefined;
  const map = hebrew ? toEnglish : toHebrew;
  let other = '';
  for (let index = 0; index < typed.length; index += 1)
    other += map.get(typed.charCodeAt(index)) ?? typed.charAt(index);
  return other;
}

const spellings: ReadonlyArray<readonly [string, string]> = [
  ['אפס', 'efes'],
  ['אחת', 'achat ahat echad ehad'],
  ['שתיים', 'shtaim shtayim shtaym shnaim shnayim'],
  ['שלוש', 'shalosh shlosha shlosh'],
  ['ארבע', 'arba arbaa'],
  ['חמש', 'hamesh chamesh hamisha chamisha'],
  ['שש', 'shesh shisha'],
  ['שבע', 'sheva shiva'],
  ['שמונה', 'shmone shmona shmoneh shmonah'],
  ['תשע', 'tesha tisha'],
  ['עשר', 'eser asara esser'],
  ['מתוך', 'mitoch mitokh'],
  ['היום', 'hayom hayoum'],
  ['אתמול', 'etmol etmul ethmol'],
  ['שלשום', 'shilshom'],
  ['מחר', 'machar mahar'],
  ['מחרתיים', 'machratayim mochrotaim maharatayim mochratayim'],
  ['יום', 'yom'],
  ['ראשון', 'rishon'],
  ['שני', 'sheni'],
  ['שלישי', 'shlishi'],
  ['רביעי', 'revii'],
  ['חמישי', 'hamishi chamishi'],
  ['שישי', 'shishi'],
  ['שבת', 'shabat shabbat'],
  ['כן', 'ken'],
  ['לא', 'lo'],
  ['תודה', 'toda todah'],
  ['בבקשה', 'bevakasha'],
  ['מאוד', 'meod'],
  ['הכל', 'hakol'],
  ['נציג', 'natzig netzig natsig'],
  ['דלג', 'daleg'],
  ['הסר', 'haser'],
  ['one', 'וואן'],
  ['three', 'תרי'],
  ['four', 'פור'],
  ['five', 'פייב'],
  ['six', 'סיקס'],
  ['seven', 'סבן סאבן'],
  ['eight', 'אייט'],
  ['nine', 'ניין'],
  ['ten', 'טן'],
];
const spelledOut = new Map(
  spellings.flatMap(([word, others]) => others.split(' ').map((other) => [other, word] as const)),
);

/** Longer texts are no answers in the other script. */
const spelledWordsMax = 6;

/** A text whose every word is a common spelling in the other script ("shmone mitoch eser"), in its own script; otherwise undefined. */
export function otherScript(text: string): string | undefined {
  const typed = text.trim().toLowerCase();
  if (!/[a-z\u05d0-\u05ea]/.test(typed)) return undefined;
  const words = typed
    .replace(/[.!,]+/g, ' ')
    .split(/\s+/u)
    .filter(Boolean);
  if (words.length > spelledWordsMax) return undefined;
  const spelled: string[] = [];
  for (const word of words) {
    const meant = spelledOut.get(word) ?? (/^[0-9]+$/.test(word) ? word : undefined);
    if (meant === undefined) return undefined;
    spelled.push(meant);
  }
  return spelled.join(' ');
}
