import * as z from 'zod';
import type { Answer } from '../front/answer.ts';
import { buildErrorAnswer } from '../front/answer.ts';
import { AwsError } from '../front/aws-error.ts';

/** Gives the engine's errors a name and a body that SDKs can read; other answers stay. */
export function repairSesAnswer(answer: Answer): Answer {
  if (answer.status < 400) return answer;
  const error = readError(answer.body.toString());
  const byStatus = answer.status === 404 ? 'NotFoundException' : 'BadRequestException';
  return buildErrorAnswer(
    'ses',
    new AwsError(error.type ?? byStatus, error.detail ?? error.message, answer.status),
  );
}

/** The message ids in the answer of SendEmail or SendBulkEmail. */
export function readMessageIds(answer: Answer): readonly string[] {
  if (answer.status !== 200) return [];
  const sent = sentAnswer.safeParse(parseJson(answer.body.toString()));
  if (!sent.success) return [];
  const { MessageId, BulkEmailEntryResults = [] } = sent.data;
  const ids = [MessageId, ...BulkEmailEntryResults.map((result) => result.MessageId)];
  return ids.filter((id) => id !== undefined);
}

const sentAnswer = z.object({
  MessageId: z.string().optional(),
  BulkEmailEntryResults: z.array(z.object({ MessageId: z.string().optional() })).optional(),
});

const engineError = z.object({
  type: z.string().optional(),
  message: z.string().catch('Bad Request Exception'),
  detail: z.string().optional(),
});

function readError(body: string): z.infer<typeof engineError> {
  const error = engineError.safeParse(parseJson(body));
  return error.success ? error.data : { message: 'The request was refused' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
