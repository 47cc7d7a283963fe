/** The words that stop the survey, call a human and so on, when they are the whole reply. */
export const commands = new Map(
  Object.entries({
    stop: ['stop', 'unsubscribe', 'הסר', 'הסירו', 'עצור'],
    human: ['human', 'agent', 'נציג', 'נציגה'],
    help: ['help', 'עזרה'],
  }).flatMap(([command, words]) => words.map((word) => [word, command] as const)),
);

export const yes = new Set(['כן', 'בטח', 'ברור', 'אוקיי', 'yes', 'y', 'yep', 'yeah', 'sure', 'ok']);
export const no = new Set(['לא', 'לא תודה', 'ממש לא', 'no', 'n', 'nope', 'no thanks']);

export const numbers = new Map(
  [
    ['אפס', 'zero'],
    ['אחת', 'אחד', 'one'],
    ['שתיים', 'שתים', 'שניים', 'two'],
    ['שלוש', 'three'],
    ['ארבע', 'four'],
    ['חמש', 'five'],
    ['שש', 'six'],
    ['שבע', 'seven'],
    ['שמונה', 'eight'],
    ['תשע', 'nine'],
    ['עשר', 'ten'],
  ].flatMap((words, value) => words.map((word) => [word, value] as const)),
);

/** How many days from today each word is. */
export const days = new Map([
  ['היום', 0],
  ['today', 0],
  ['אתמול', -1],
  ['yesterday', -1],
]);
