/** A name and a value in a list of facts. Codes are written from left to right. */
export function Fact({ name, value, code }: { name: string; value: string; code?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir={code ? 'ltr' : 'auto'}>{value}</dd>
    </div>
  );
}
