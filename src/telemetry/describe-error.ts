/** An error as the log shows it. */
export interface DescribedError {
  readonly type: string;
  /** Codes and numbers by which errors say what they are. */
  readonly codes?: Readonly<Record<string, string | number>>;
  /** Where it arose, innermost first. */
  readonly at?: readonly string[];
  readonly cause?: DescribedError;
}

const framesMax = 12;
const causesMax = 5;

/** Fields by which errors of Node, of databases, of HTTP and of ours say what they are. */
const codeFields = ['code', 'outcome', 'status', 'errcode', 'codeName', 'errno', 'syscall'];

/**
 * Says what kind of error it is, by its codes, and where it arose. Its message is left out, and so is every other field: a parser quotes what it
 * could not read, a database the key that it knew already, body-parser attaches the whole body.
 */
export function describeError(error: unknown, causes = 0): DescribedError {
  if (!(error instanceof Error)) return { type: error === null ? 'null' : typeof error };
  const codes = codesOf(error);
  const at = framesOf(error);
  return {
    type: isWord(error.name) ? error.name : 'Error',
    ...(Object.keys(codes).length > 0 && { codes }),
    ...(at.length > 0 && { at }),
    ...(error.cause !== undefined && causes < causesMax && { cause: describeError(error.cause, causes + 1) }),
  };
}

function codesOf(error: Error): Record<string, string | number> {
  const fields = new Map<string, unknown>(
    Object.entries(Object.getOwnPropertyDescriptors(error)).map(([name, { value }]) => [name, value]),
  );
  return Object.fromEntries(
    codeFields.flatMap((field) => {
      const value = fields.get(field);
      return typeof value === 'number' || isWord(value) ? [[field, value]] : [];
    }),
  );
}

/** A name or a code in one word, which no sentence is. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z][\w.-]{0,60}$/.test(value);
}

/** A place in the code: nothing else is taken from a stack, for it begins with the message. */
const frame =
  /^ {4}at (?:async )?(?:[\w$.<>[\] #]{1,100} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]{1,300}:\d+:\d+\)?$/;

function framesOf({ stack, message }: Error): string[] {
  if (typeof stack !== 'string') return [];
  const messageEnd = message === '' ? 0 : stack.indexOf(message) + message.length;
  return stack
    .slice(messageEnd)
    .split('\n')
    .filter((line) => frame.test(line))
    .slice(0, framesMax)
    .map((line) => line.trim().slice('at '.length));
}
