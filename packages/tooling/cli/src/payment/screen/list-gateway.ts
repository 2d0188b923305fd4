import { describeGateway, join } from '../../reconcile/one/words.ts';
import type { StoryView } from '../view/describe-story.ts';
import type { Row } from './format-section.ts';

/** What the gateway says now. */
export function listGateway({ gateway }: StoryView): Row[] {
  if ('unread' in gateway) return [['could not be asked', gateway.unread]];
  const { state, status } = gateway;
  const own = state !== undefined && state !== status ? `its own word: ${state}` : undefined;
  return [['says', join(describeGateway(gateway), own)]];
}
