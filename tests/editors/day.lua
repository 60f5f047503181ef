-- Goes through the tasks of a file with Neovim's own client. TASKS names a JSON file with them, OUTPUT the
-- one for what the client got at each step: plain texts, such as "prod/main.tf:24:3 groups" for a place.

local top = vim.fn.getcwd() .. "/"
local patience = tonumber(vim.env.PATIENCE or "20000")
local settings = vim.env.SETTINGS and vim.fn.json_decode(vim.env.SETTINGS) or nil
local client

-- --- places ---

local function read(path)
  local buffer = vim.fn.bufnr(top .. path)
  if buffer > 0 and vim.api.nvim_buf_is_loaded(buffer) then return vim.api.nvim_buf_get_lines(buffer, 0, -1, false) end
  return vim.fn.filereadable(top .. path) == 1 and vim.fn.readfile(top .. path) or {}
end

local function short(uri)
  local path = uri:match("^file:") and vim.uri_to_fname(uri) or uri
  return path:sub(1, #top) == top and path:sub(#top + 1) or path
end

-- "file:line:column text", counted from 1; the column in bytes, as Neovim's own.
local function shown(uri, range)
  local path = short(uri)
  local lines = read(path)
  local first, last = lines[range.start.line + 1] or "", lines[range["end"].line + 1] or ""
  local from = vim.str_byteindex(first, range.start.character, true)
  local to = vim.str_byteindex(last, range["end"].character, true)
  local text = range.start.line == range["end"].line and first:sub(from + 1, to) or first:sub(from + 1) .. "..."
  return ("%s:%d:%d %s"):format(path, range.start.line + 1, from + 1, text)
end

-- The position of "|" in a piece of the buffer that occurs once, or of its beginning.
local function position(piece)
  local bar = piece:find("|", 1, true)
  local text = bar and piece:sub(1, bar - 1) .. piece:sub(bar + 1) or piece
  local found
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local first = line:find(text, 1, true)
    if first then
      if found then error(text .. " occurs more than once") end
      local bytes = first - 1 + (bar and bar - 1 or 0)
      found = { line = number - 1, character = select(2, vim.str_utfindex(line, bytes)), bytes = bytes, last = first - 1 + #text }
    end
  end
  return found or error(text .. " is not in the buffer")
end

local function at(piece)
  local place = position(piece)
  return { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = place.line, character = place.character } }
end

-- --- the server ---

local function ask(method, params)
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, patience)
  for _, answer in pairs(answers or {}) do
    if answer.error then return nil, answer.error.message end
    return answer.result
  end
  return nil, problem or "no answer"
end

local function sorted(list)
  table.sort(list)
  return list
end

local function places(found)
  local list = {}
  for _, it in ipairs(found or {}) do list[#list + 1] = shown(it.uri or it.targetUri, it.range or it.targetSelectionRange) end
  return sorted(list)
end

local function diagnostics()
  local list = {}
  for _, it in ipairs(vim.diagnostic.get(0)) do list[#list + 1] = ("%d:%d %s"):format(it.lnum + 1, it.col + 1, it.code or it.message:match("^[^:]*")) end
  return sorted(list)
end

local function actions_at(piece, only)
  local params = at(piece)
  local range = { start = params.position, ["end"] = params.position }
  return ask("textDocument/codeAction", { textDocument = params.textDocument, range = range, context = { diagnostics = {}, only = only } }) or {}
end

local function labels(symbols, found, indent)
  for _, it in ipairs(symbols or {}) do
    found[#found + 1] = indent .. it.name
    labels(it.children, found, indent .. "  ")
  end
  return found
end

-- --- steps: each has a name, and gives something plain ---

local steps = {}

function steps.open(path)
  vim.cmd("noswapfile edit " .. vim.fn.fnameescape(top .. path))
  vim.lsp.buf_attach_client(0, client)
end

function steps.write() vim.cmd("silent write") end

function steps.close() vim.cmd("bwipeout!") end

-- Types something in place of a text, as one change of the lines that it is on.
function steps.replace(change)
  local place = position(change[1])
  local new = vim.split(change[2], "\n", { plain = true })
  vim.api.nvim_buf_set_text(0, place.line, place.last - #change[1], place.line, place.last, new)
end

function steps.insert(change)
  local place = position(change[1])
  vim.api.nvim_buf_set_text(0, place.line, place.bytes, place.line, place.bytes, vim.split(change[2], "\n", { plain = true }))
end

-- Waits until these diagnostics are shown, and gives those that are.
function steps.diagnostics(wanted)
  local expected = table.concat(sorted(vim.deepcopy(wanted)), "\n")
  vim.wait(patience, function() return table.concat(diagnostics(), "\n") == expected end, 20)
  return diagnostics()
end

-- Gives the diagnostics that stay after a while in which something else could have come.
function steps.settled() vim.wait(1000, function() return false end) return diagnostics() end

function steps.file(file) vim.fn.mkdir(vim.fn.fnamemodify(top .. file[1], ":h"), "p") vim.fn.writefile(vim.split(file[2], "\n", { plain = true }), top .. file[1], "b") end
function steps.delete(path) os.remove(top .. path) end
function steps.move(paths) os.rename(top .. paths[1], top .. paths[2]) end

function steps.watched(changes)
  local events = {}
  for path, type in pairs(changes) do events[#events + 1] = { uri = vim.uri_from_fname(top .. path), type = type } end
  vim.lsp.get_client_by_id(client).notify("workspace/didChangeWatchedFiles", { changes = events })
end

function steps.definition(piece) return places(ask("textDocument/definition", at(piece))) end

function steps.references(piece)
  local params = at(piece)
  params.context = { includeDeclaration = true }
  return places(ask("textDocument/references", params))
end

function steps.highlights(piece)
  local list = {}
  for _, it in ipairs(ask("textDocument/documentHighlight", at(piece)) or {}) do
    list[#list + 1] = (it.kind == 3 and "write " or "read ") .. shown(vim.uri_from_bufnr(0), it.range):gsub("^[^:]*:", "")
  end
  return sorted(list)
end

function steps.hover(piece)
  local found = ask("textDocument/hover", at(piece))
  return found and found.contents and found.contents.value or ""
end

function steps.completion(piece)
  local found = ask("textDocument/completion", at(piece)) or {}
  local items = found.items or found
  table.sort(items, function(a, b) return (a.sortText or a.label) < (b.sortText or b.label) end)
  local list = {}
  for _, it in ipairs(items) do list[#list + 1] = it.label end
  return list
end

-- Takes one of the things that are offered, and gives the line then.
function steps.accept(choice)
  local params = at(choice[1])
  local found = ask("textDocument/completion", params) or {}
  for _, it in ipairs(found.items or found) do
    if it.label == choice[2] then
      vim.lsp.util.apply_text_edits({ it.textEdit }, 0, "utf-16")
      return vim.trim(vim.api.nvim_buf_get_lines(0, params.position.line, params.position.line + 1, false)[1])
    end
  end
  return "not offered"
end

function steps.actions(piece)
  local list = {}
  for _, it in ipairs(actions_at(piece)) do list[#list + 1] = it.title end
  return list
end

local function apply(action)
  if not action.edit and action.data then action = ask("codeAction/resolve", action) or action end
  if action.edit then vim.lsp.util.apply_workspace_edit(action.edit, "utf-16") end
  if type(action.command) == "table" then ask("workspace/executeCommand", { command = action.command.command, arguments = action.command.arguments }) end
end

function steps.apply(choice)
  for _, action in ipairs(actions_at(choice[1])) do
    if action.title == choice[2] then apply(action) return "applied" end
  end
  return "not offered"
end

function steps.fix_all(piece)
  for _, action in ipairs(actions_at(piece, { "source.fixAll" })) do apply(action) return "applied" end
  return "not offered"
end

function steps.rename(change)
  local params = at(change[1])
  params.newName = change[2]
  local edit, problem = ask("textDocument/rename", params)
  if problem then return problem end
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  return "renamed"
end

-- Tells the server that a file is about to get another name, and makes the changes that it wants.
function steps.will_rename(paths)
  local files = { { oldUri = vim.uri_from_fname(top .. paths[1]), newUri = vim.uri_from_fname(top .. paths[2]) } }
  local edit, problem = ask("workspace/willRenameFiles", { files = files })
  if problem or not edit then return problem or "nothing" end
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  return "changed"
end

function steps.prepare(piece)
  local range, problem = ask("textDocument/prepareRename", at(piece))
  return range and shown(vim.uri_from_bufnr(0), range) or problem or "nothing"
end

function steps.symbols() return labels(ask("textDocument/documentSymbol", { textDocument = { uri = vim.uri_from_bufnr(0) } }), {}, "") end

function steps.workspace(query)
  local list = {}
  for _, it in ipairs(ask("workspace/symbol", { query = query }) or {}) do list[#list + 1] = it.name .. " " .. shown(it.location.uri, it.location.range):gsub(" .*", "") end
  return sorted(list)
end

function steps.hints()
  local last = vim.api.nvim_buf_line_count(0)
  local range = { start = { line = 0, character = 0 }, ["end"] = { line = last, character = 0 } }
  local list = {}
  for _, it in ipairs(ask("textDocument/inlayHint", { textDocument = { uri = vim.uri_from_bufnr(0) }, range = range }) or {}) do
    list[#list + 1] = ("%d:%d %s"):format(it.position.line + 1, it.position.character + 1, it.label)
  end
  return list
end

function steps.lenses()
  local list = {}
  for _, it in ipairs(ask("textDocument/codeLens", { textDocument = { uri = vim.uri_from_bufnr(0) } }) or {}) do
    list[#list + 1] = ("%d %s"):format(it.range.start.line + 1, it.command.title)
  end
  return list
end

function steps.command(call)
  local arguments = {}
  for number = 2, #call do arguments[number - 1] = call[number] == "URI" and vim.uri_from_bufnr(0) or call[number] end
  local found, problem = ask("workspace/executeCommand", { command = call[1], arguments = arguments })
  return problem or found or ""
end

function steps.line(piece) return vim.trim(vim.api.nvim_buf_get_lines(0, position(piece).line, position(piece).line + 1, false)[1]) end

function steps.text(path) return table.concat(read(path), "\n") end

function steps.format(format) vim.bo.fileformat = format end

function steps.bomb(on) vim.bo.bomb = on end

-- The client's own commands: go to the definition, and say where the cursor is then.
function steps.jump(piece)
  local place = position(piece)
  vim.api.nvim_win_set_cursor(0, { place.line + 1, place.bytes })
  vim.lsp.buf.definition()
  vim.wait(2000, function() local now = vim.api.nvim_win_get_cursor(0) return now[1] ~= place.line + 1 or now[2] ~= place.bytes end, 10)
  local now = vim.api.nvim_win_get_cursor(0)
  return ("%s:%d:%d"):format(short(vim.uri_from_bufnr(0)), now[1], now[2] + 1)
end

local function start()
  client = vim.lsp.start_client({ name = "symlint", cmd = { vim.env.SYMLINT, "lsp" }, root_dir = vim.fn.getcwd(), init_options = settings })
  vim.wait(patience, function() return (vim.lsp.get_client_by_id(client) or {}).initialized == true end, 10)
end

function steps.restart()
  vim.lsp.stop_client(client)
  local gone = vim.wait(patience, function() return vim.lsp.client_is_stopped(client) end, 20)
  vim.cmd("silent! %bwipeout!")
  if vim.env.LSPLOG then vim.lsp.set_log_level("trace") end
  start()
  return gone and "stopped" or "still there"
end

-- --- the day ---

local function undo_all()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].modified then
      vim.api.nvim_buf_call(buffer, function() vim.cmd("silent edit!") end)
    end
  end
end

local function day()
  vim.o.hidden = true
  vim.o.fixendofline = false
  if vim.env.LSPLOG then vim.lsp.set_log_level("trace") end
  start()
  local seen = {}
  for _, task in ipairs(vim.fn.json_decode(table.concat(vim.fn.readfile(vim.env.TASKS), "\n"))) do
    local got = {}
    for number, step in ipairs(task.steps) do
      local name, value = step.name, step.value
      local ok, result = pcall(steps[name], value)
      if not ok then result = "problem: " .. tostring(result) end
      got[number] = result == nil and vim.NIL or result
    end
    seen[#seen + 1] = got
    undo_all()
  end
  return seen
end

local ok, seen = pcall(day)
local file = io.open(vim.env.OUTPUT, "w")
file:write(vim.fn.json_encode(ok and seen or { problem = tostring(seen) }))
file:close()
vim.cmd("qall!")
