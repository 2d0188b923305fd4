import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import type { Command } from 'commander';
import { parseDay, parseFormat } from '../reconcile/options.ts';
import type { BooksOptions } from './books.ts';
import type { InvoiceOptions } from './show.ts';

/** `payments invoice`: one document. */
export function defineInvoiceCommand(invoice: Command): void {
  invoice
    .argument('<order|number>', 'an order, or the number of an invoice or a credit note')
    .option('--pdf <file>', 'write its PDF, as the buyer has it')
    .option('--reveal', 'name, address and email as they are')
    .option('--json', 'the whole record as JSON')
    .showHelpAfterError(`(${PROGRAM} invoice --help shows what there is)`)
    .addHelpText(
      'after',
      `
The PDF is made of the record and held to the hash that was kept at its issue: another one is never written.
Exit status 0: there is such a document; 1: there is none, or the command failed.

  ./payments invoice txn_MP-uuid-123-1732356000-abc123
  ./payments invoice INV26-0000001 --pdf INV26-0000001.pdf`,
    )
    .action(async (which: string, options: InvoiceOptions) => {
      const { runInvoice } = await import('./show.ts');
      await runInvoice(which, options);
    });
}

/** `payments invoices`: the books of some days. */
export function defineInvoicesCommand(invoices: Command): void {
  invoices
    .requiredOption('--from <day>', 'first day of issue, in India', parseDay)
    .requiredOption('--to <day>', 'last day of issue', parseDay)
    .option('--report <format>', 'table, json or csv', parseFormat, 'table')
    .option('--gstr1 <folder>', 'write the tables of the return GSTR-1 into it, one CSV each')
    .option('--check', 'hold numbers, sums and orders to each other')
    .showHelpAfterError(`(${PROGRAM} invoices --help shows what there is)`)
    .addHelpText(
      'after',
      `
--gstr1 writes b2b, b2cl, b2cs, cdnr, cdnur, hsn and docs as the tax office's offline tool takes them; B2CS and HSN are net of credit notes.
--check finds gaps, numbers given twice, numbers without a document, dates that run back, sums that do not close, and paid orders
without an invoice after an hour; it lists where the State is assumed. Nothing is changed.
Exit status 0; with --check 1 where something is wrong. An assumed State is not wrong.

  ./payments invoices --from 2026-11-01 --to 2026-11-30 --check
  ./payments invoices --from 2026-11-01 --to 2026-11-30 --gstr1 november`,
    )
    .action(async (options: BooksOptions) => {
      const { runBooks } = await import('./books.ts');
      await runBooks(options);
    });
}
