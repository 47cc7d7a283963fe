import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, isoOf, localDay } from '../../../src/dialogs/understanding/calendar.ts';

const zones = [
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Europe/London',
  'UTC',
];

test('a moment falls on the day and the minute that the clocks of its zone show', () => {
  const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  const near = fc.integer({ min: -40, max: 40 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...zones),
      moment,
      near,
      (zone, other, start, minutes) => {
        const later = new Date(start.getTime() + minutes * 60_000);
        for (const [timeZone, at] of [
          [zone, start],
          [zone, later],
          [other, later],
        ] as const) {
          expect(shown(at, timeZone)).toBe(clockOf(at, timeZone));
        }
      },
    ),
  );
});

test.each([
  ['Asia/Jerusalem', '2026-03-27T00:00:00.000Z', '2026-03-27 03:00'],
  ['Asia/Jerusalem', '2026-10-24T23:00:00.000Z', '2026-10-25 01:00'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00.000Z', '2026-04-05 01:30'],
])('in %s clocks change at %s', (timeZone, at, after) => {
  const change = new Date(at);
  const before = new Date(change.getTime() - 60_000);
  expect(shown(before, timeZone)).toBe(clockOf(before, timeZone));
  expect(shown(change, timeZone)).toBe(after);
});

test('a zone that does not exist counts as UTC', () => {
  expect(shown(new Date('2026-11-20T23:59:59.999Z'), 'Asia/Atlantis')).toBe('2026-11-20 23:59');
});

test('a date that does not exist is none', () => {
  expect(dayOf(2026, 2, 29)).toBeUndefined();
  expect(isoOf(dayOf(2028, 2, 29) ?? 0)).toBe('2028-02-29');
});

function shown(at: Date, timeZone: string): string {
  const { day, minutes } = localDay(at.toISOString(), timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${isoOf(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function clockOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
}
