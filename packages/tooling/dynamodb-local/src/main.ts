import { installDynamoDbLocal } from './install.ts';
import { type KnownDifference, knownDifferences } from './known-differences.ts';
import { runTests, type TestOutcome } from './run-tests.ts';
import { startDynamoDbLocal } from './start.ts';

/**
 * `npm run test:dynamodb-local [-- WORD...]`: every test that brings up tables once more, with the tables in Amazon's
 * DynamoDB Local instead of the embedded engine. Prints what differs; ends with 1 where a difference is not a known one.
 */
const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log('npm run test:dynamodb-local [-- WORD...]   only test files whose path has a WORD');
} else {
  await runOnDynamoDbLocal();
}

async function runOnDynamoDbLocal(): Promise<void> {
  const folder = await installDynamoDbLocal((line) => console.log(line));
  const dynamoDb = await startDynamoDbLocal(folder);
  process.once('SIGINT', () => void dynamoDb.stop());
  try {
    console.log(`DynamoDB Local answers at ${dynamoDb.url}.`);
    report(await runTests(dynamoDb.url, words));
  } finally {
    await dynamoDb.stop();
  }
}

function report(outcomes: readonly TestOutcome[]): void {
  const passed = outcomes.filter(({ status }) => status === 'passed').length;
  const failed = outcomes.filter(({ status }) => status === 'failed');
  const unknown = failed.filter((outcome) => !findKnown(outcome));
  console.log(`\n${passed} tests hold on DynamoDB Local too, ${failed.length} differ.`);
  for (const outcome of failed) {
    const known = findKnown(outcome);
    console.log(`\n${known ? 'known' : 'NEW'}: ${outcome.file}\n  ${outcome.title}`);
    console.log(`  ${known ? known.why : outcome.reason}`);
  }
  if (unknown.length > 0) process.exitCode = 1;
}

function findKnown({ file, title }: TestOutcome): KnownDifference | undefined {
  return knownDifferences.find((each) => each.file === file && title.startsWith(each.title));
}
