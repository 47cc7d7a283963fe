import { SegmentedMessage } from 'sms-segments-calculator';

/** What a text costs as SMS. */
export interface SmsCost {
  /** How many parts are paid for: in GSM-7 160 septets make one and 153 each of several, in UCS-2 70 and 67 units (3GPP TS 23.038, 23.040). */
  readonly segments: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
}

/** Counts a text as it is sent, without the encoding of Twilio's that may make it shorter. */
export function costOf(text: string): SmsCost {
  const { segmentsCount, encodingName } = new SegmentedMessage(text, 'auto');
  return { segments: Math.max(segmentsCount, 1), encoding: encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2' };
}
