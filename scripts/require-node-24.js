// Every npm script loads this file first (node --import). It is plain JavaScript, so that an older Node can run it and say what is missing
// instead of failing on the first TypeScript file.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Kashuv runs on Node 24 or newer, and this is Node ${process.versions.node}.\n` +
      'Run "npm ci": it installs a Node 24 into this folder. The npm scripts, such as "npm start", then use it by themselves.',
  );
  process.exit(1);
}
