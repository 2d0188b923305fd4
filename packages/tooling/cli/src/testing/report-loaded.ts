// Preloaded into a command (`node --import`): at its end, writes the files that it has loaded to LOADED_FILES.
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const files: string[] = [];
registerHooks({
  load: (url, context, next) => {
    files.push(url);
    return next(url, context);
  },
});
process.on('exit', () => {
  const { LOADED_FILES: report } = process.env;
  if (report !== undefined) writeFileSync(report, files.join('\n'));
});
