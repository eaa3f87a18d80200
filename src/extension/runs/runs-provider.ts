/** Stands in for the Runs tree until the Lab is loaded, which the first question about runs does. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol/runs';
import { Scope, type Disposable } from '../disposal';
import type { RunsTree } from './runs-tree';

/** What this needs of the Lab. */
interface WithTree {
  readonly tree: RunsTree;
  readonly shown: () => void;
}

export class RunsProvider implements vscode.TreeDataProvider<RunSummary>, Disposable {
  readonly #lab: () => Promise<WithTree>;
  readonly #scope = new Scope();
  readonly #changed = this.#scope.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #tree: RunsTree | undefined;

  constructor(lab: () => Promise<WithTree>) {
    this.#lab = lab;
  }

  async getChildren(parent?: RunSummary): Promise<RunSummary[]> {
    return (await this.#loaded()).getChildren(parent);
  }

  /** Runs have no parents; `reveal` of the view needs to be told. */
  getParent(): undefined {
    return undefined;
  }

  async getTreeItem(run: RunSummary): Promise<vscode.TreeItem> {
    return (await this.#loaded()).getTreeItem(run);
  }

  async #loaded(): Promise<RunsTree> {
    if (this.#tree) return this.#tree;
    const { tree, shown } = await this.#lab();
    // Two questions may have waited for the same answer.
    if (!this.#isLoaded()) {
      this.#tree = tree;
      this.#scope.add(tree.onDidChangeTreeData(() => this.#changed.fire(undefined)));
      shown();
    }
    return tree;
  }

  #isLoaded(): boolean {
    return this.#tree !== undefined;
  }

  dispose(): void {
    this.#scope.dispose();
  }
}
