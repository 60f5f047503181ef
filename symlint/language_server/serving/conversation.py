"""What is said by JSON-RPC: every request has one answer, every other message none."""

from __future__ import annotations

import asyncio
import inspect
import json
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls import exceptions as errors
from pygls.protocol import LanguageServerProtocol

from symlint.language_server.serving.output import Output
from symlint.language_server.session import BusyError
from symlint.lint.run.judging.checking import crash_description
from symlint.source.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from typing import TypeAlias

    from cattrs import Converter

    Id: TypeAlias = int | str
    Handler: TypeAlias = Callable[[Any], Any]

_MOST_WAITING: Final = 1_000
"""The requests that may wait for an answer at once."""

_REQUEST_FAILED: Final = int(types.LSPErrorCodes.RequestFailed)
_WITHOUT_PARAMS: Final = (types.SHUTDOWN, types.EXIT, types.INITIALIZED)
"""What is understood whatever is said with it."""


class Conversation(LanguageServerProtocol):
    """The messages of one client, in the order in which they come.

    What is asked is answered by a task of the event loop. What is not a request, not understood or out of
    order is refused, with the code that the protocol has for that.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._output = Output(BytesIO())
        self.has_left = False
        self.is_shut_down = False
        self._is_initialized = False
        self._tasks: dict[asyncio.Future[Any], Id] = {}

    def speak_to(self, output: Output) -> None:
        """Send what is said to a stream."""
        self._output = output
        self.set_writer(output)

    # --- what comes in ---

    def receive(self, body: bytes) -> None:
        """Do what a message says."""
        try:
            message = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            self.refuse(None, errors.JsonRpcParseError(f"a message is no JSON in UTF-8: {error}"))
            return
        problem = _problem(message)
        if problem is not None:
            self.refuse(_id(message), errors.JsonRpcInvalidRequest(problem))
        elif "method" not in message:
            self._request_futures.pop(message["id"], None)
            self._result_types.pop(message["id"], None)
        elif "id" in message:
            self._asked(message["id"], message["method"], message)
        else:
            self._told(message["method"], message)

    def _asked(self, id_: Id, method: str, message: dict[str, Any]) -> None:
        try:
            handler = self._handler_now(method)
            params = self._params(method, message)
            self._is_initialized |= method == types.INITIALIZE
            found = handler(params)
        except Exception as error:
            self._fail(id_, error)
        else:
            if inspect.isawaitable(found):
                task = asyncio.ensure_future(found)
                self._tasks[task] = id_
                task.add_done_callback(partial(self._done, id_))
            else:
                self._succeed(id_, found)

    def _told(self, method: str, message: dict[str, Any]) -> None:
        if method == types.CANCEL_REQUEST:
            self._cancel(_id(message.get("params")))
            return
        handler = self.fm.features.get(method)
        expected = self._is_initialized and not self.is_shut_down
        if handler is None or self._is_request(method) or not (expected or method == types.EXIT):
            return
        try:
            handler(self._params(method, message))
        except errors.JsonRpcException as error:
            self.complain(f"{method}: {error.message}")
        except Exception as error:
            self.complain(f"{method} {crash_description(error)}")

    def _handler_now(self, method: str) -> Handler:
        """What answers a request. Raises JsonRpcException where the client must not ask now."""
        if self.is_shut_down:
            raise errors.JsonRpcInvalidRequest("the server has been shut down")
        if method == types.INITIALIZE:
            if self._is_initialized:
                raise errors.JsonRpcInvalidRequest("the server has been initialized before")
            return self._initialize
        if not self._is_initialized:
            raise errors.JsonRpcServerNotInitialized("the server has not been initialized")
        if len(self._tasks) >= _MOST_WAITING:
            message = f"{_MOST_WAITING} requests wait for an answer already"
            raise errors.JsonRpcException(message, _REQUEST_FAILED)
        if method == types.SHUTDOWN:
            return self._shut_down
        if method == types.WORKSPACE_EXECUTE_COMMAND:
            return self._run_command
        handler: Handler | None = self.fm.features.get(method)
        if handler is None or not self._is_request(method):
            raise errors.JsonRpcMethodNotFound(f"there is no method {method}")
        return handler

    def _is_request(self, method: str) -> bool:
        return self.get_result_type(method) is not None

    def _params(self, method: str, message: dict[str, Any]) -> Any:
        """What a message says in the types of the protocol. Raises JsonRpcInvalidParams."""
        if method in _WITHOUT_PARAMS:
            return None
        return self.structured(message, self.get_message_type(method)).params

    def structured(self, data: Any, type_: Any) -> Any:
        """Plain data as a type of the protocol. Raises JsonRpcInvalidParams."""
        try:
            return self._converter.structure(data, type_)
        except Exception as error:
            raise errors.JsonRpcInvalidParams(_mistake(error)) from error

    def _cancel(self, id_: Id | None) -> None:
        for task, its in tuple(self._tasks.items()):
            if its == id_:
                task.cancel()

    # --- what is answered ---

    def _done(self, id_: Id, task: asyncio.Future[Any]) -> None:
        """Answer a request that has taken a while."""
        del self._tasks[task]
        try:
            found = task.result()
        except asyncio.CancelledError:
            self.refuse(id_, errors.JsonRpcRequestCancelled("the request was cancelled"))
        except Exception as error:
            self._fail(id_, error)
        else:
            self._succeed(id_, found)

    def _succeed(self, id_: Id, result: Any) -> None:
        # Made piece by piece, where the plain form of all of it would take several times as much memory.
        answer = {"id": id_, "jsonrpc": self.VERSION, "result": result}
        try:
            body = json.dumps(answer, default=self._serialize_message).encode()
        except Exception as error:
            self._fail(id_, error)
        else:
            self._output.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def _fail(self, id_: Id, error: Exception) -> None:
        if isinstance(error, BusyError):
            error = errors.JsonRpcException(str(error), _REQUEST_FAILED)
        if not isinstance(error, errors.JsonRpcException):
            error = errors.JsonRpcInternalError(f"answering it {crash_description(error)}")
        self.refuse(id_, error)

    def refuse(self, id_: Id | None, error: errors.JsonRpcException) -> None:
        """Answer that there is no result; without an id to what nobody knows who asked for it."""
        problem = {"code": error.code, "message": cut(error.message)}
        self._send_data({"id": id_, "jsonrpc": self.VERSION, "error": problem})

    def complain(self, message: str) -> None:
        """Write into the log of the client what nobody waits for an answer to."""
        params = types.LogMessageParams(types.MessageType.Error, cut(message))
        self.notify(types.WINDOW_LOG_MESSAGE, params)

    # --- requests about the conversation ---

    async def _initialize(self, params: types.InitializeParams) -> Any:
        # Where the client works is not asked, and the library would look at addresses that are none.
        params.root_uri = params.root_path = params.workspace_folders = None
        return await _driven(self.lsp_initialize(params))

    def _shut_down(self, _: None) -> None:
        self.is_shut_down = True
        self.fm.features[types.SHUTDOWN](None)
        for task in self._tasks:
            task.cancel()

    async def _run_command(self, params: types.ExecuteCommandParams) -> Any:
        params.arguments = params.arguments or []
        return await _driven(self.lsp_workspace__execute_command(params))


async def _driven(steps: Generator[Any, Any, Any]) -> Any:
    """What a request of the library gives, which says step by step what is to be called for it."""
    try:
        handler, arguments, named = next(steps)
        while True:
            found: Awaitable[Any] | Any = handler(*arguments, **(named or {}))
            found = await found if inspect.isawaitable(found) else found
            handler, arguments, named = steps.send(found)
    except StopIteration as end:
        return end.value


def _problem(message: Any) -> str | None:
    """What keeps a message from being one of JSON-RPC."""
    if isinstance(message, list):
        return "several messages at once are not read"
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        return "a message is not one of JSON-RPC 2.0"
    if "id" in message and _id(message) is None:
        return "the id of a message is neither a number nor a text"
    if isinstance(message.get("method"), str):
        return None
    if "method" in message or "id" not in message or not message.keys() & {"result", "error"}:
        return "a message has no method"
    return None


def _id(message: Any) -> Id | None:
    """The id of a message, where it has one that can be answered."""
    found = message.get("id") if isinstance(message, dict) else None
    return found if isinstance(found, int | str) and not isinstance(found, bool) else None


def _mistake(error: Exception) -> str:
    """One line on what is wrong with what a message says."""
    from cattrs import transform_error

    try:
        found = "; ".join(transform_error(error)[:3])
    except Exception:  # it expects errors of a certain form
        found = type(error).__name__
    return f"what is said is not what the method takes: {found}"


def strict_converter() -> Converter:
    """What makes types of the protocol, and takes nothing else for a text, a number, yes or no."""
    converter = get_converter()
    for type_ in (str, int):  # int is for bool, too
        converter.register_structure_hook(type_, _as_it_is)
    return converter


def _as_it_is(value: Any, type_: type) -> Any:
    if type_ not in (str, int, bool):
        return type_(value)  # an enumeration
    if type_ is int and isinstance(value, float) and value.is_integer():
        return int(value)  # JSON has one kind of numbers
    if type(value) is not type_:
        raise TypeError(f"expected {type_.__name__}")
    return value
