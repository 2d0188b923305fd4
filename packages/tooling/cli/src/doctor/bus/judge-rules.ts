import { type Verdict, wrong } from '../check.ts';
import { isQueue } from '../queues/known-queue.ts';
import { judgeRule } from './judge-rule.ts';
import type { Rule } from './read-bus.ts';
import type { WantedRule } from './wanted-rule.ts';

/** Whether one rule, and only one, brings a queue its events. It is known by its target: its name is the deployment's. */
export function judgeRules(rules: readonly Rule[] | undefined, wanted: WantedRule): Verdict {
  if (!rules) return wrong(`there is no bus ${wanted.bus}`);
  const leading = rules.flatMap((rule) =>
    rule.targets
      .filter(({ Arn = '' }) => isQueue(Arn, wanted.queue))
      .map((target) => ({ rule, target })),
  );
  const [only, ...more] = leading;
  if (!only) {
    return wrong(`no rule of ${wanted.bus} leads to this queue: deploy the stage again`);
  }
  if (more.length > 0) {
    const names = leading.map(({ rule }) => rule.name).join(', ');
    return wrong(`${leading.length} rules or targets lead here, so events come twice: ${names}`);
  }
  return judgeRule(only.rule, only.target, wanted);
}
