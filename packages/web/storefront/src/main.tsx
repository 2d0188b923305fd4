import '@cloudnestle/upgrade/styles.css';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/inbox.css';
import './styles/motion.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { loadConfig } from './app/config.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const config = await loadConfig();
createRoot(root).render(
  <StrictMode>
    <App config={config} />
  </StrictMode>,
);
