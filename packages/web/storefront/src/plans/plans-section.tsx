import type { Plan, WithoutPlan } from '@cloudnestle/upgrade';
import { usePlans } from '@cloudnestle/upgrade/react';
import { type ReactNode, useState } from 'react';
import { formatDay, nameTier } from '../account/account.ts';
import { Link } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { featuresOf, groupByTier, priceOf, searchesOf, termsOf } from './plan-words.ts';

type Length = 'month' | 'year';

/** Plans side by side. Every price, limit and name is the API's. */
export function PlansSection(): ReactNode {
  const plans = usePlans();
  const [length, setLength] = useState<Length>('month');
  return (
    <section
      className="plans-section"
      aria-labelledby="plans-title"
      aria-busy={plans.status === 'loading'}
    >
      <div className="section-head">
        <div>
          <h2 id="plans-title">Plans</h2>
          <p className="soft">Pay once, use it at once. Nothing renews by itself.</p>
        </div>
        {plans.status === 'ready' && plans.plans.some(({ months }) => months !== null) && (
          <LengthSwitch length={length} onChange={setLength} />
        )}
      </div>
      {plans.status === 'loading' && <PlanSkeletons />}
      {plans.status === 'unavailable' && (
        <div className="card center" role="alert">
          <p>The plans cannot be read right now. Please try again in a moment.</p>
          <button type="button" className="button" onClick={plans.tryAgain}>
            Try again
          </button>
        </div>
      )}
      {plans.status === 'ready' && (
        <div className="plans">
          <FreeCard withoutPlan={plans.withoutPlan} />
          {groupByTier(plans.plans).map(([tier, ofTier]) => (
            <PlanCard key={tier} plan={pick(ofTier, length)} />
          ))}
        </div>
      )}
    </section>
  );
}

/** The tier's plan of the length that was chosen; a tier without one shows its only plan. */
function pick(plans: readonly Plan[], length: Length): Plan | undefined {
  const months = length === 'year' ? 12 : 1;
  return plans.find((plan) => plan.months === months) ?? plans[0];
}

function LengthSwitch(props: { length: Length; onChange(length: Length): void }): ReactNode {
  return (
    <fieldset className="switch">
      <legend className="hidden">How long</legend>
      {(['month', 'year'] as const).map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="length"
            checked={props.length === each}
            onChange={() => props.onChange(each)}
          />
          <span>One {each}</span>
        </label>
      ))}
    </fieldset>
  );
}

function FreeCard({ withoutPlan }: { withoutPlan: WithoutPlan }): ReactNode {
  const { account } = useSession();
  const isCurrent = account?.tier === withoutPlan.tier;
  return (
    <article className="card plan" data-current={isCurrent}>
      <h3>{nameTier(withoutPlan.tier)}</h3>
      <p className="price">₹0</p>
      <p className="soft terms">with your account</p>
      <Features tier={withoutPlan.tier} searchesPerDay={withoutPlan.searchesPerDay} />
      <p className="plan-foot">{isCurrent ? 'Your plan' : 'Included'}</p>
    </article>
  );
}

function PlanCard({ plan }: { plan: Plan | undefined }): ReactNode {
  const { account } = useSession();
  if (!plan) return null;
  const isCurrent = account?.tier === plan.tier;
  // A pass may be bought again: it runs on from its end.
  const isHeldForEver = isCurrent && account?.accessEndsAt === undefined;
  const isBest = plan.tier === 'pro';
  return (
    <article className="card plan" data-current={isCurrent} data-best={isBest}>
      <h3>
        {nameTier(plan.tier)}
        {isBest && !isCurrent && <span className="tag">Best value</span>}
        {isCurrent && <span className="tag">Your plan</span>}
      </h3>
      <p className="price">{priceOf(plan)}</p>
      <p className="soft terms">
        {termsOf(plan)}
        <br />
        {plan.taxNote}
      </p>
      <Features tier={plan.tier} searchesPerDay={plan.searchesPerDay} />
      {isHeldForEver ? (
        <p className="plan-foot">Yours for ever</p>
      ) : (
        <Link className={isBest ? 'button' : 'button quiet'} href={`/checkout?plan=${plan.planId}`}>
          {isCurrent ? `Extend ${nameTier(plan.tier)}` : `Get ${nameTier(plan.tier)}`}
        </Link>
      )}
      {isCurrent && account?.accessEndsAt !== undefined && (
        <p className="soft small-print">Until {formatDay(account.accessEndsAt)}</p>
      )}
    </article>
  );
}

export function Features(props: { tier: string; searchesPerDay: number | null }): ReactNode {
  return (
    <ul className="features">
      <li>
        <strong>{searchesOf(props.searchesPerDay)}</strong>
      </li>
      {featuresOf(props.tier).map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}

function PlanSkeletons(): ReactNode {
  return (
    <div className="plans" aria-hidden="true">
      {['free', 'basic', 'pro', 'enterprise'].map((each) => (
        <div key={each} className="card plan skeleton" />
      ))}
    </div>
  );
}
