import { createRoot } from 'react-dom/client';
import { Application } from './application.tsx';

const container = document.getElementById('page');
if (container) createRoot(container).render(<Application />);
