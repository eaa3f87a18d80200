/**
 * Imported before anything that declares a schema. Zod would otherwise probe whether it may compile code, by looking
 * at `navigator`, of which VS Code's extension host complains in its log.
 */
import * as z from 'zod';

z.config({ jitless: true });
