// Imports the named modules one after the other and prints how many milliseconds each took, as JSON. What an earlier one has
// loaded costs a later one nothing.

const milliseconds: Record<string, number> = {};
for (const specifier of process.argv.slice(2)) {
  const before = performance.now();
  await import(specifier);
  milliseconds[specifier] = performance.now() - before;
}
console.log(JSON.stringify(milliseconds));
