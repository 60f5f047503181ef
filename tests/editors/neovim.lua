-- A session of an author's day: open, read what is wrong, hover, jump, break, repair. What Neovim's own
-- client got for each step is written as JSON to the file that OUTPUT names.

local output = vim.env.OUTPUT
local seen = {}

local function uri() return vim.uri_from_bufnr(0) end

local function place(line, column)
  return { textDocument = { uri = uri() }, position = { line = line - 1, character = column - 1 } }
end

-- Where a text stands, as line and column from 1; on its last character where that is asked for.
local function find(text, behind)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local first = line:find(text, 1, true)
    if first then return number, first + (behind or 0) end
  end
  error(text .. " is not in the buffer")
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    if answer.error then error(method .. ": " .. vim.inspect(answer.error)) end
    return answer.result
  end
  error(method .. ": no answer")
end

local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do found[#found + 1] = diagnostic.code end
  table.sort(found)
  return found
end

local function wait_for(what, condition)
  if not vim.wait(20000, condition, 20) then
    error("waited for " .. what .. "; diagnostics are " .. vim.inspect(codes()))
  end
end

local function has(code) return vim.tbl_contains(codes(), code) end

local function edit(path)
  vim.cmd("edit " .. path)
  vim.lsp.buf_attach_client(0, vim.g.symlint)
end

local function day()
  vim.g.symlint = vim.lsp.start_client({ name = "symlint", cmd = { vim.env.SYMLINT, "lsp" }, root_dir = vim.fn.getcwd() })
  edit("access.tf")
  wait_for("findings", function() return #codes() > 0 end)
  seen.opened = codes()

  seen.hover = ask("textDocument/hover", place(find("local.environment_name", 8)))
  seen.definition = ask("textDocument/definition", place(find("local.environment_name", 8)))

  -- Break: a reference that nothing declares. Nothing is saved.
  local line = find("sym_strategy.iam.name")
  vim.api.nvim_buf_set_lines(0, line - 1, line, false, { "    strategy_id = sym_strategy.ima.id" })
  wait_for("SYM101", function() return has("SYM101") end)
  seen.broken = codes()

  -- Repair by the fix that is offered.
  local diagnostics = vim.tbl_filter(function(it) return it.code == "SYM101" end, vim.diagnostic.get(0))
  local at = { line = diagnostics[1].lnum, character = diagnostics[1].col }
  local actions = ask("textDocument/codeAction", {
    textDocument = { uri = uri() },
    range = { start = at, ["end"] = at },
    context = { diagnostics = {} },
  })
  local titles = {}
  for _, action in ipairs(actions) do titles[#titles + 1] = action.title end
  seen.actions = titles
  for _, action in ipairs(actions) do
    if action.kind == "quickfix" and action.title:find("^SYM101: ") then
      if not action.edit then action = ask("codeAction/resolve", action) end
      vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      break
    end
  end
  wait_for("no SYM101", function() return not has("SYM101") end)
  seen.repaired = codes()
  seen.line = vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]

  -- The Python of the flow.
  vim.cmd("write")
  edit("impl.py")
  wait_for("findings of Python", function() return has("SYM609") end)
  seen.python = codes()
end

local ok, problem = pcall(day)
if not ok then seen.problem = problem end
local file = io.open(output, "w")
file:write(vim.fn.json_encode(seen))
file:close()
vim.cmd("qall!")
