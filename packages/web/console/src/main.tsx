import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { BASE, loadConfig } from './app/config.ts';
import { readTheme, setTheme } from './app/theme.ts';
import { startSession } from './session/session.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
setTheme(readTheme());
if (!window.location.pathname.startsWith(BASE)) window.history.replaceState(null, '', `${BASE}/`);
const config = await loadConfig();
const start = await startSession(config.signIn);
createRoot(root).render(
  <StrictMode>
    <App config={config} start={start} />
  </StrictMode>,
);
