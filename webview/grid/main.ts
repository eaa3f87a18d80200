/** The page of a grid. In: `ToGridPage`. Out: `FromGridPage`. Knows only src/protocol, and the catalogue's descriptions. */
import './zod-settings';
import './grid.css';
import './table.css';
import '../../src/catalogue';
import './grid-app';
