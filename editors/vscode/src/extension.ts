// Starts `symlint lsp` and hands everything to it; what an editor shows is decided by the server.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("symlint.restart", restart),
    vscode.commands.registerCommand("symlint.showGraph", showGraph),
    vscode.commands.registerCommand("symlint.showTrace", showTrace),
    vscode.commands.registerCommand("symlint.pickVariableFiles", pickVariableFiles),
    vscode.workspace.registerTextDocumentContentProvider("symlint", { provideTextDocumentContent: pageOf }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("symlint.path") || change.affectsConfiguration("symlint.arguments")) {
        void restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("symlint");
  const command = settings.get<string>("path", "symlint");
  const server: ServerOptions = { command, args: ["lsp", ...settings.get<string[]>("arguments", [])] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "terraform" },
      { scheme: "file", language: "terraform-vars" },
      { scheme: "file", pattern: "**/*.{tf,tofu,tfvars}" },
      { scheme: "file", pattern: "**/*.{tf,tofu,tfvars}.json" },
      { scheme: "file", language: "python" },
    ],
    // Rules of a workspace's own are code: the server loads them only where the user trusts the workspace.
    initializationOptions: { trusted: vscode.workspace.isTrusted },
  };
  client = new LanguageClient("symlint", "symlint", server, options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `symlint does not start: ${reason}. Install it with pip install 'symlint[lsp]', or set symlint.path.`,
    );
  }
}

// --- what the server does on request ---

async function ask<T>(command: string, ...words: unknown[]): Promise<T | undefined> {
  return client?.sendRequest<T>("workspace/executeCommand", { command, arguments: words });
}

async function show(markdown: string | undefined): Promise<void> {
  if (markdown) {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content: markdown }));
    await vscode.commands.executeCommand("markdown.showPreview");
  }
}

async function showGraph(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor) {
    const chart = await ask<string>("symlint.graph", editor.document.uri.toString());
    await show(chart && "```mermaid\n" + chart.trimEnd() + "\n```\n");
  }
}

async function showTrace(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor) {
    const { line, character } = editor.selection.active;
    await show(await ask<string>("symlint.trace", editor.document.uri.toString(), line, character));
  }
}

async function pickVariableFiles(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const files = editor && (await ask<string[]>("symlint.variableFiles", editor.document.uri.toString()));
  const chosen = files && (await vscode.window.showQuickPick(files, { canPickMany: true, title: "Lint with these variable files" }));
  if (chosen) {
    await ask("symlint.chooseVariableFiles", chosen);
  }
}

// The page of a rule, which links of findings lead to.
async function pageOf(uri: vscode.Uri): Promise<string> {
  const answer = await client?.sendRequest<{ text: string }>("workspace/textDocumentContent", { uri: uri.toString() });
  return answer?.text ?? "";
}
