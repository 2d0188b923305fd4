import type { ReactNode } from 'react';
import { useSession } from '../app/session.tsx';
import { PlansSection } from '../plans/plans-section.tsx';
import { SearchPanel } from '../search/search-panel.tsx';

/** One solution of the marketplace: what it does, a search to try it, and the plans. */
export function SolutionDetailPage(): ReactNode {
  const { config } = useSession();
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
        {/* A buyer's token is known to the demo alone. */}
        {config.demoUsers.length > 0 && <SearchPanel />}
      </section>
      <PlansSection />
    </>
  );
}
