/** Before every test file: the engine's rooms have the kinds of columns at hand, as after its first request. */
import { openFeatures } from '../src/engine/features/open-features';

await openFeatures();
