import * as z from 'zod';
import type { Answer } from '../front/answer.ts';

/** The name of the table an answer describes, if the table is still changing. */
export function readChangingTable(answer: Answer): string | undefined {
  if (answer.status !== 200) return undefined;
  const described = descriptionAnswer.safeParse(JSON.parse(answer.body.toString()));
  if (!described.success) return undefined;
  const table = described.data.TableDescription ?? described.data.Table;
  return table && table.TableStatus !== 'ACTIVE' ? table.TableName : undefined;
}

const description = z.object({ TableName: z.string(), TableStatus: z.string() });

const descriptionAnswer = z.object({
  TableDescription: description.optional(),
  Table: description.optional(),
});
