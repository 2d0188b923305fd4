import { createConfig, lintFromString } from '@redocly/openapi-core';

/** What the linter has against a document, by place. */
export async function lint(
  name: string,
  document: unknown,
  rules: Readonly<Record<string, 'off'>> = {},
): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended-strict'], rules });
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: `/${name}`,
    config,
  });
  return problems.map(
    ({ ruleId, message, location }) => `${location[0]?.pointer}: ${message} (${ruleId})`,
  );
}
