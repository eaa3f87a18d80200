// @ts-check
/**
 * A private `@tensorflow/tfjs-node` for TensorFlow 2.21, in the cache folder: the package from npm without its install
 * script (whose download fails in many places, and brings TensorFlow 2.9), the library and headers out of the
 * `tensorflow-cpu` wheel, the binding built by node-gyp. node_modules of the project stays as it is.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../scripts/command.mjs';
import { peersFolder, pip } from '../python.mjs';
import { bindingFile, copyFolder, packageFolder, TENSORFLOW, TFJS_NODE } from './place.mjs';

const execute = promisify(execFile);

const NODE_GYP = '11';
/** Where Linux distributions put Node's headers; elsewhere node-gyp fetches them. */
const SYSTEM_HEADERS = '/usr/include/node';

/**
 * The folder of the built package; built at the first call. Rejects with what is missing.
 * @param {(line: string) => void} say
 * @returns {Promise<string>}
 */
export async function buildTensorFlow(say) {
  if (existsSync(bindingFile())) return packageFolder();
  if (process.platform !== 'linux') {
    throw new Error(`the wheel's library is laid out for Linux, and this is ${process.platform}`);
  }
  await mkdir(peersFolder(), { recursive: true });
  const work = await mkdtemp(join(peersFolder(), 'building-tfjs-node-'));
  try {
    const folder = join(work, 'node_modules', '@tensorflow', 'tfjs-node');
    say(`Installing @tensorflow/tfjs-node ${TFJS_NODE} into the cache …`);
    await installPackage(work);
    say(`Fetching the tensorflow-cpu ${TENSORFLOW} wheel with pip …`);
    await layLibrary(await fetchWheel(work), join(folder, 'deps'));
    say('Building the binding with node-gyp …');
    await buildBinding(folder);
    await rm(join(work, 'wheel'), { recursive: true, force: true });
    // Only a whole build gets the name under which it is found.
    await rm(copyFolder(), { recursive: true, force: true });
    await rename(work, copyFolder());
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
  return packageFolder();
}

/** @param {string} work */
async function installPackage(work) {
  await writeFile(join(work, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--save-exact', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(['install', ...flags, `@tensorflow/tfjs-node@${TFJS_NODE}`], { cwd: work, quiet: true });
}

/** Downloads the wheel and unpacks it. @param {string} work @returns {Promise<string>} its package `tensorflow` */
async function fetchWheel(work) {
  const place = join(work, 'wheel');
  const flags = ['--no-deps', '--only-binary', ':all:', '--dest', place];
  await pip('python3', ['download', '--quiet', ...flags, `tensorflow-cpu==${TENSORFLOW}`]);
  const wheel = (await readdir(place)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip has brought no wheel of tensorflow-cpu ${TENSORFLOW}`);
  await execute('python3', ['-m', 'zipfile', '--extract', join(place, wheel), place]);
  return join(place, 'tensorflow');
}

/**
 * The names that the binding links against stand for the libraries of the wheel.
 * @param {string} wheel @param {string} deps
 */
async function layLibrary(wheel, deps) {
  const lib = join(deps, 'lib');
  await mkdir(lib, { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    await rename(join(wheel, name), join(lib, name));
  }
  await symlink('libtensorflow_cc.so.2', join(lib, 'libtensorflow.so'));
  await symlink('libtensorflow_cc.so.2', join(lib, 'libtensorflow.so.2'));
  await symlink('libtensorflow_framework.so.2', join(lib, 'libtensorflow_framework.so'));
  await cp(join(wheel, 'include'), join(deps, 'include'), { recursive: true });
}

/** @param {string} folder the package */
async function buildBinding(folder) {
  const target = join(folder, 'lib', 'napi-v8');
  const flags = ['--module_name=tfjs_binding', `--module_path=${target}`, '--napi_build_version=8'];
  if (existsSync(SYSTEM_HEADERS)) flags.push('--nodedir=/usr');
  const gyp = [
    'exec',
    '--yes',
    '--loglevel=error',
    '--',
    `node-gyp@${NODE_GYP}`,
    'rebuild',
    '--loglevel=warn',
  ];
  await npm([...gyp, ...flags], { cwd: folder, quiet: true });
  if (!existsSync(bindingFile(folder))) throw new Error('node-gyp ended without a binding');
  await rm(join(folder, 'build'), { recursive: true, force: true });
}
