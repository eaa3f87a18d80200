#!/usr/bin/env node
// @ts-check
/** The command line's entry: in a clone it installs and builds what is missing, then hands over to dist/cli.cjs. */
import { ensureBuild } from './ensure-build.mjs';
import { ensureInstall } from './ensure-install.mjs';

await ensureInstall();
await ensureBuild();
await import(new URL('../dist/cli.cjs', import.meta.url).href);
