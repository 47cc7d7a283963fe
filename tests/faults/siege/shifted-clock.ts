/** Loaded before a program: its clock is wrong by so many seconds. Nothing but the time of day is moved, as on a machine that was set badly. */
const aheadMilliseconds = Number(process.env.CLOCK_AHEAD_SECONDS ?? 0) * 1000;
const { now } = Date;

globalThis.Date = new Proxy(Date, {
  construct: (target, parameters, self) =>
    Reflect.construct(target, parameters.length === 0 ? [wrongNow()] : parameters, self),
  get: (target, name) => (name === 'now' ? wrongNow : Reflect.get(target, name)),
});

function wrongNow(): number {
  return now() + aheadMilliseconds;
}
