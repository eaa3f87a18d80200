/** Scopes of disposal: the extension's own, and one per engine session. */

export interface Disposable {
  dispose(): unknown;
}

/** A list of things to end together, newest first. What is added to an ended scope is ended at once. */
export class Scope implements Disposable {
  readonly #members: Disposable[] = [];
  #ended = false;

  add<Member extends Disposable>(member: Member): Member {
    if (this.#ended) member.dispose();
    else this.#members.push(member);
    return member;
  }

  get size(): number {
    return this.#members.length;
  }

  dispose(): void {
    this.#ended = true;
    for (const member of this.#members.splice(0).reverse()) member.dispose();
  }
}
