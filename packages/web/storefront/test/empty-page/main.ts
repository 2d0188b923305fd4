import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

// The least that a page built with React can be: the benchmark of the pages holds the shop and the console against it.
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  createElement(StrictMode, null, createElement('button', { type: 'button' }, 'Nothing')),
);
