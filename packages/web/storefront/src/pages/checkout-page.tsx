import type { Plan } from '@cloudnestle/upgrade';
import { usePlans } from '@cloudnestle/upgrade/react';
import type { ReactNode } from 'react';
import { Link } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { CheckoutForm } from '../checkout/checkout-form.tsx';
import { priceOf, termsOf } from '../plans/plan-words.ts';
import { Features } from '../plans/plans-section.tsx';

/** What is bought on one side, whom the invoice is for and the button on the other. */
export function CheckoutPage({ planId }: { planId: string | undefined }): ReactNode {
  const plans = usePlans();
  const { buyer, reload } = useSession();
  if (plans.status === 'loading')
    return <div className="checkout card skeleton" aria-busy="true" />;
  if (plans.status === 'unavailable') {
    return (
      <section className="card narrow center" role="alert">
        <h1>The shop cannot be reached</h1>
        <p className="soft">Nothing is charged. Please try again in a moment.</p>
        <button type="button" className="button" onClick={plans.tryAgain}>
          Try again
        </button>
      </section>
    );
  }
  const plan = plans.plans.find((each) => each.planId === planId);
  if (!plan) {
    return (
      <section className="card narrow center">
        <h1>This plan is not on sale</h1>
        <p className="soft">It may have been once. These are the plans of today.</p>
        <Link className="button" href="/">
          See the plans
        </Link>
      </section>
    );
  }
  return (
    <div className="checkout">
      <Summary plan={plan} />
      <section className="card" aria-labelledby="billing-title">
        <h2 id="billing-title">Your details</h2>
        {buyer ? (
          <>
            <p className="for">
              <span className="soft">For</span> <strong>{buyer.userEmail}</strong>{' '}
              <Link href={`/sign-in?then=${thenOf(plan)}`}>Change</Link>
            </p>
            <CheckoutForm
              key={buyer.userId}
              buyer={buyer}
              plan={plan}
              onOutcome={({ kind }) => kind === 'alreadyHeld' && reload()}
            />
          </>
        ) : (
          <>
            <p className="soft">Sign in first: the plan belongs to your account.</p>
            <Link className="button pay" href={`/sign-in?then=${thenOf(plan)}`}>
              Sign in to pay {priceOf(plan)}
            </Link>
          </>
        )}
      </section>
    </div>
  );
}

const thenOf = ({ planId }: Plan) => encodeURIComponent(`/checkout?plan=${planId}`);

function Summary({ plan }: { plan: Plan }): ReactNode {
  return (
    <section className="summary" aria-labelledby="summary-title">
      <Link className="back" href="/">
        ← All plans
      </Link>
      <h1 id="summary-title">{plan.name}</h1>
      <p className="price big">{priceOf(plan)}</p>
      <p className="soft">
        {termsOf(plan)}
        <br />
        {plan.taxNote}
      </p>
      <Features tier={plan.tier} searchesPerDay={plan.searchesPerDay} />
      <dl className="facts">
        <div>
          <dt>{plan.name}</dt>
          <dd>{priceOf(plan)}</dd>
        </div>
        <div className="total">
          <dt>Total today</dt>
          <dd>{priceOf(plan)}</dd>
        </div>
      </dl>
    </section>
  );
}
