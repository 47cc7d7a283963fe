/**
 * This process takes nothing on at the moment; whoever asked comes again, here or to another process.
 *
 * - `overloaded`: as much waits here already as may
 * - `draining`: the process is about to end
 */
export class Refusal extends Error {
  readonly code: 'overloaded' | 'draining';

  constructor(code: Refusal['code']) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
  }
}
