/**
 * Imported before anything that declares a schema. Zod would otherwise probe whether it may compile code, which the
 * page's content security policy refuses and reports.
 */
import * as z from 'zod';

z.config({ jitless: true });
