/** The contributed colours against every theme that VS Code brings, and against each other as colour-blind people see them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colors } from '../../../src/extension/contributions';

interface Color {
  readonly id: string;
  readonly defaults: { dark: string; light: string; highContrast: string; highContrastLight: string };
}
const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  contributes: { colors: readonly Color[] };
};

/** `editor.background` of the themes that come with VS Code, by the kind whose defaults they take. */
const backgrounds = {
  light: { 'Light Modern, Light+': '#ffffff', 'Quiet Light': '#f5f5f5', 'Solarized Light': '#fdf6e3' },
  dark: {
    'Dark Modern': '#1f1f1f',
    'Dark+, Visual Studio': '#1e1e1e',
    Monokai: '#272822',
    'Solarized Dark': '#002b36',
    Abyss: '#000c18',
    'Kimbie Dark': '#221a0f',
    Red: '#390000',
    'Tomorrow Night Blue': '#002451',
  },
  highContrast: { 'Dark High Contrast': '#000000' },
  highContrastLight: { 'Light High Contrast': '#ffffff' },
} as const;
const kinds = Object.keys(backgrounds) as (keyof typeof backgrounds)[];

type Rgb = readonly [number, number, number];

function linear(color: string): Rgb {
  expect(color).toMatch(/^#[0-9a-f]{6}$/);
  const part = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2, 1.4.3. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const visions = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

const times = (matrix: readonly number[], [r, g, b]: Rgb) =>
  [0, 3, 6].map((at) =>
    Math.min(1, Math.max(0, matrix[at]! * r + matrix[at + 1]! * g + matrix[at + 2]! * b)),
  ) as unknown as Rgb;

/** CIE 1976 L*a*b*, white point D65. */
function lab(color: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = times([0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505], color);
  const [fx, fy, fz] = [f(x / 0.9505), f(y), f(z / 1.089)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function difference(one: string, other: string, vision: readonly number[]): number {
  const [a, b] = [lab(times(vision, linear(one))), lab(times(vision, linear(other)))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

const find = (id: string) => manifest.contributes.colors.find((color) => color.id === id)!.defaults;
const texts = ['right', 'wrong', 'unsure', 'plain', 'header'] as const;
const looks = ['right', 'wrong', 'unsure'] as const;

describe('the colours of marks', () => {
  it.each(kinds)('have a contrast of 4.5 to 1 in every theme: %s', (kind) => {
    for (const text of texts) {
      for (const [theme, background] of Object.entries(backgrounds[kind])) {
        expect(contrast(find(colors[text])[kind], background), `${text} in ${theme}`).toBeGreaterThanOrEqual(
          4.5,
        );
      }
    }
  });

  it.each(kinds)('in the overview ruler have 3 to 1: %s', (kind) => {
    for (const color of [colors.rulerWrong, colors.rulerUnsure]) {
      for (const background of Object.values(backgrounds[kind])) {
        expect(contrast(find(color)[kind], background)).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it.each(kinds)('are told apart without seeing red, green or blue: %s', (kind) => {
    for (const [vision, matrix] of Object.entries(visions)) {
      for (const [one, other] of [
        ['right', 'wrong'],
        ['right', 'unsure'],
        ['wrong', 'unsure'],
      ] as const) {
        const apart = difference(find(colors[one])[kind], find(colors[other])[kind], matrix);
        expect(apart, `${one} and ${other} in ${vision}`).toBeGreaterThan(30);
      }
    }
  });

  it('are those of the signs in the gutter, which have different shapes', () => {
    const shapes = new Set<string>();
    for (const look of [...looks, 'plain'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        const svg = readFileSync(join(root, 'media', 'marks', `${look}-${theme}.svg`), 'utf8');
        expect(svg).toContain(find(colors[look])[theme]);
        shapes.add(svg.replaceAll(/#[0-9a-f]{6}/g, ''));
      }
    }
    expect(shapes.size).toBe(4);
  });
});
