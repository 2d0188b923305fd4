import type { JobResult } from '@cloudnestle/contracts/admin/jobs';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { toTrouble } from '../api/trouble.ts';
import { useConsole } from '../app/console.tsx';
import { Badge, Button, Card, Empty, Id, Money } from '../parts/basics.tsx';
import { download, toCsv } from '../parts/csv.ts';
import { toWords } from '../parts/format.ts';
import { Bones, TroubleNote } from '../parts/loaded.tsx';
import parts from '../parts/parts.module.css';
import { isOver } from './jobs.ts';
import { useJob } from './use-job.ts';

/** The orders of which a job has something to say, and all of them as a file. */
export function JobResults({ jobId, fileName }: { jobId: string; fileName: string }): ReactNode {
  const { api } = useConsole();
  const { data: job } = useJob(jobId);
  const over = job !== undefined && isOver(job);
  const [isWriting, setWriting] = useState(false);
  const query = useInfiniteQuery({
    // What a running job has said so far is asked for again with each of its results.
    queryKey: ['job results', jobId, over ? 'over' : (job?.results ?? 0)],
    queryFn: ({ pageParam, signal }) =>
      api('jobResults', { path: { jobId }, query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: job !== undefined,
  });
  const results = query.data?.pages.flatMap((page) => page.results) ?? [];
  const write = async () => {
    setWriting(true);
    try {
      const all: JobResult[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const page: { results: JobResult[]; nextCursor?: string | undefined } = await api(
          'jobResults',
          { path: { jobId }, query: { cursor } },
        );
        all.push(...page.results);
        cursor = page.nextCursor;
      }
      download(fileName, toCsv([headings, ...all.map(toRow)]));
    } finally {
      setWriting(false);
    }
  };
  return (
    <Card
      title="What it has found"
      flush
      aside={
        results.length > 0 && (
          <Button aria-busy={isWriting} onClick={() => void write()}>
            CSV
          </Button>
        )
      }
    >
      {query.error && <TroubleNote trouble={toTrouble(query.error)} />}
      {query.isPending ? (
        <Bones rows={4} />
      ) : results.length === 0 ? (
        <Empty title={over ? 'Nothing deviates' : 'Nothing yet'} />
      ) : (
        <ResultTable results={results} />
      )}
      {query.hasNextPage && (
        <p className={parts.more}>
          <Button onClick={() => void query.fetchNextPage()}>More</Button>
        </p>
      )}
    </Card>
  );
}

const headings = [
  ...['transactionId', 'createdAt', 'status', 'gatewayStatus', 'amountInPaisa'],
  ...['discrepancies', 'done', 'error'],
];

function toRow(result: JobResult): (string | number)[] {
  return [
    result.transactionId,
    result.createdAt ?? '',
    result.status ?? '',
    result.gatewayStatus ?? '',
    result.amountInPaisa ?? '',
    result.discrepancies.join(' '),
    result.done ?? '',
    result.error ?? '',
  ];
}

function ResultTable({ results }: { results: readonly JobResult[] }): ReactNode {
  return (
    <div className={parts.scroll}>
      <table className={parts.table}>
        <caption>Results</caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Books</th>
            <th scope="col">Gateway</th>
            <th scope="col" data-align="end">
              Amount
            </th>
            <th scope="col">Deviates</th>
            <th scope="col">Done about it</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr key={result.transactionId} data-row data-copy={result.transactionId}>
              <td>
                <Id id={result.transactionId}>
                  {(shown) => (
                    <Link
                      to="/orders/$transactionId"
                      params={{ transactionId: result.transactionId }}
                      data-row-link
                    >
                      {shown}
                    </Link>
                  )}
                </Id>
              </td>
              <td>{result.status ?? '–'}</td>
              <td>{result.gatewayStatus ?? '–'}</td>
              <td data-align="end">
                {result.amountInPaisa === undefined ? '–' : <Money paisa={result.amountInPaisa} />}
              </td>
              <td>
                {result.error !== undefined && <Badge tone="bad">{result.error}</Badge>}
                {result.discrepancies.map((each) => (
                  <Badge key={each} tone="warn">
                    {toWords(each)}
                  </Badge>
                ))}
              </td>
              <td>{result.done ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
