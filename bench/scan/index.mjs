// @ts-check
/**
 * Recurrent networks two ways: one node per step and operation, against ONNX's `Scan`, written by hand and as
 * `src/tfjs-onnx/ops/lstm.ts` records it. Same inputs, results compared, measured in turns.
 *
 *   npm run bench:scan
 *   npm run bench:scan -- --steps 32,256 --threads 1 --turns 4
 *   npm run bench:scan -- --processor         processor time in place of the wall's clock, for a busy machine
 *   npm run bench:scan -- --wasm --threads 1  in ONNX Runtime's WebAssembly build
 *   npm run bench:scan -- --optimizers disabled
 *   npm run bench:scan -- --json              one JSON object per result
 */
import { run } from '../../scripts/command.mjs';
import { ensureInstall } from '../../scripts/ensure-install.mjs';
import { root } from '../../scripts/paths.mjs';
import { bundle } from '../engine/bundle.mjs';

await ensureInstall();
const program = await bundle('scan/measure.ts', 'bench-scan');
await run(process.execPath, [program, ...process.argv.slice(2)], { cwd: root });
