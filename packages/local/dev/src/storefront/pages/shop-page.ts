import { html } from 'hono/html';
import type { DemoUser } from '../../demo-users.ts';
import type { Html } from '../answer-page.ts';
import type { Offer } from '../offers.ts';
import { layout } from './layout.ts';
import { searchCard } from './search-card.ts';

export interface ShopPageProps {
  demoUsers: readonly DemoUser[];
  offers: readonly Offer[];
  /** What the page's searches are of. */
  solutionId: string;
}

/** Sign in, search, see plan and quota, upgrade. What depends on who is signed in is filled in by `browser/shop.js`. */
export function shopPage({ demoUsers, offers, solutionId }: ShopPageProps): Html {
  return layout({
    title: 'AWS Solution Finder',
    script: 'shop.js',
    body: html`<div class="hero">
        <h1>AWS Solution Finder</h1>
        <p>Describe what you want to build and find the AWS repository that already does it.</p>
      </div>
      ${searchCard(solutionId)}
      <div class="shop">
        <section class="card" id="sign-in" aria-labelledby="sign-in-title" hidden>
          <h2 id="sign-in-title" tabindex="-1">Sign in</h2>
          <p class="soft">Pick a demo user. There is no password.</p>
          <ul class="users">${demoUsers.map(userChoice)}</ul>
        </section>
        ${accountCard}
        <section class="plans" aria-label="Plans">${offers.map(offerCard)}</section>
      </div>`,
  });
}

const userChoice = ({ userId, email, note }: DemoUser) => html`<li>
  <button type="button" class="user" data-user-id="${userId}">
    <strong>${email}</strong><small>${note}</small>
  </button>
</li>`;

const accountCard = html`<section class="card" id="account" aria-labelledby="account-title" hidden>
  <h2 id="account-title" tabindex="-1">Your account</h2>
  <p class="email" id="account-email"></p>
  <div id="account-details" hidden>
    <p class="row"><span>Plan</span><strong class="badge" id="account-tier"></strong></p>
    <p class="row"><span id="quota-label">Searches</span><strong id="quota-words"></strong></p>
    <progress id="quota-used" aria-labelledby="quota-label" hidden></progress>
    <h3>Access records</h3>
    <ul class="records" id="records"></ul>
  </div>
  <p class="notice" id="account-status" role="status"></p>
  <p class="links">
    <a href="/inbox">Mails</a>
    <a id="last-payment" hidden>Last payment</a>
    <button type="button" class="link" id="sign-out">Switch user</button>
  </p>
</section>`;

const offerCard = (offer: Offer) => html`<article class="card plan" data-tier="${offer.tier}">
  <p class="current" hidden>Your plan</p>
  <h2>${offer.name}</h2>
  <p class="price">${offer.price}</p>
  <p class="terms soft">${offer.terms}</p>
  <ul class="features"><li><strong>${offer.searches}</strong></li>${features[offer.tier] ?? ''}</ul>
  ${offer.isSold ? upgradeButton(offer) : ''}
</article>`;

const upgradeButton = ({ name, price, tier }: Offer) => html`<div class="buy">
  <button type="button" class="button" id="upgrade" data-tier="${tier}" data-upgrade-status="upgrade-status" disabled>Upgrade to ${name} – ${price}</button>
  <p class="soft" id="upgrade-hint">Sign in first.</p>
  <div class="notice" id="upgrade-status" role="status"></div>
</div>`;

/** Beyond the searches, which the catalogue knows; the mission's list of Pro features. */
const features: Readonly<Record<string, Html>> = {
  registered: html`<li>Search the AWS repositories</li>`,
  pro: html`<li>Access to all AWS repositories</li>
    <li>Saved searches and collections</li>
    <li>Priority support</li>
    <li>Export functionality</li>`,
};
