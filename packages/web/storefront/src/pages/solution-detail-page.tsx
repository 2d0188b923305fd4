import type { ReactNode } from 'react';
import { PlansSection } from '../plans/plans-section.tsx';
import { SearchPanel } from '../search/search-panel.tsx';

/** One solution of the marketplace: what it does, a search to try it, and the plans. */
export function SolutionDetailPage(): ReactNode {
  return (
    <>
      <section className="hero">
        <div>
          <p className="eyebrow">Solution</p>
          <h1>AWS Solution Finder</h1>
          <p className="lead">
            Describe what you want to build and find the AWS repository that already does it.
          </p>
        </div>
        <SearchPanel />
      </section>
      <PlansSection />
    </>
  );
}
