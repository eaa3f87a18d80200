/**
 * The user interface of the lab, as one page for the sidebar and for the editor tab.
 * In: `LabState` messages of the extension. Out: `FromWebview` intents. Knows only src/protocol.
 */
import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/forms.css';
import './styles/reading.css';
import './styles/run.css';
import './styles/infer-generate.css';
import './styles/data.css';
import '../src/catalogue';
import './app/lab-app';
import { registerControls } from './components/controls';

registerControls();
