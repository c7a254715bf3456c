// Node's environment of Jest, where modules are linked one graph after the other. Before Node 24 Jest links what
// `import()` names at once, and two such graphs that share a module which is not linked yet fail now and then with
// "request for '…' is not in cache": the second graph does not wait for the module that the first is still linking.
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const { link } = vm.SourceTextModule.prototype;
const queued = Symbol.for('crm-doctor.modules-linked-in-turn');
if (!vm[queued]) {
  let turn = Promise.resolve();
  vm.SourceTextModule.prototype.link = function linkInTurn(linker) {
    const linked = turn.then(() => (this.status === 'unlinked' ? link.call(this, linker) : undefined));
    turn = linked.catch(() => undefined);
    return linked;
  };
  vm[queued] = true;
}

module.exports = TestEnvironment;
