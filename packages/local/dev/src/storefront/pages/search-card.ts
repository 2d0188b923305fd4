import { html } from 'hono/html';
import type { Html } from '../answer-page.ts';

/** A search app in small: asks before every search, and offers the upgrade where none is left. */
export const searchCard = (solutionId: string): Html => html`<section
  class="card search" id="search" aria-labelledby="search-title" data-solution-id="${solutionId}"
>
  <div>
    <h2 id="search-title">Search</h2>
    <form id="search-form" role="search">
      <fieldset id="search-fields" disabled>
        <label for="search-query">What do you want to build?</label>
        <input
          type="search" id="search-query" maxlength="200" autocomplete="off" required
          pattern=".*\\S.*" title="A few words"
          aria-describedby="search-count" placeholder="An order pipeline"
        />
        <button class="button" id="search-button">Search</button>
      </fieldset>
    </form>
    <p class="count" id="search-count" role="status"></p>
  </div>
  <div class="answer" aria-live="polite">
    <p class="hint soft" id="search-hint" aria-live="off">
      This demo has no search engine: it shows how searches are counted, and every search finds the same examples.
    </p>
    <p class="notice" id="search-notice"></p>
    ${prompt}
    ${results}
  </div>
</section>`;

const prompt = html`<div class="prompt" id="search-prompt" hidden>
  <p><strong id="prompt-words"></strong></p>
  <p id="prompt-resets"></p>
  <p id="prompt-offer"></p>
  <button type="button" class="button" id="prompt-upgrade" data-upgrade-status="prompt-status" hidden></button>
</div>
<div class="notice" id="prompt-status"></div>`;

const results = html`<div id="search-results" hidden>
  <h3 id="results-title"></h3>
  <ul class="results">
    <li><strong>Event-driven order pipeline</strong><small>EventBridge, SQS, Lambda, DynamoDB</small></li>
    <li><strong>Serverless web shop</strong><small>API Gateway, Lambda, Cognito</small></li>
    <li><strong>Static site behind a CDN</strong><small>S3, CloudFront, Route 53</small></li>
  </ul>
  <p class="soft">Examples, the same for every search: this demo has no search engine.</p>
</div>`;
