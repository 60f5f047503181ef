"""Stands in for version 3 of the Sym provider, so that ``terraform validate`` needs no network.

    python provider_server.py PROTO

Prints the value of TF_REATTACH_PROVIDERS that leads Terraform to it, and serves the provider's
schema and its two checks of values until its input is closed. ``record.py`` says what it needs.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
import grpc_tools
import msgpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = "registry.terraform.io/symopsio/sym"
TYPES = {
    "": '"string"',
    "bool": '"bool"',
    "map": '["map","string"]',
    "list": '["list","string"]',
}
PROVIDER = "org! jwt_env_var"
RESOURCES = {
    "sym_environment": "id? name! label runtime_id integrations:map error_logger_id "
    "log_destination_ids:list",
    "sym_error_logger": "id? integration_id! destination!",
    "sym_flow": "id? name! label implementation! vars:map environment_id!",
    "sym_flows_filter": "id? implementation! vars:map integrations:map",
    "sym_integration": "id? type! name! label external_id! settings:map",
    "sym_log_destination": "id? type! integration_id settings:map",
    "sym_runtime": "id? name! label context_id",
    "sym_secret": "id? path! source_id! label settings:map",
    "sym_secrets": "id? type! name! label settings:map",
    "sym_strategy": "id? type! name! label integration_id implementation settings:map "
    "targets:list!",
    "sym_target": "id? type! name! label settings:map field_bindings:list",
}
"""Arguments by resource: ``!`` required, ``?`` computed, the rest optional."""
DATA_SOURCES = {"sym_environment": "id? name! label?"}
PARAMS = (
    "strategy_id allow_revoke:bool include_decision_message:bool allowed_sources:list "
    "schedule_deescalation:bool additional_header_text allow_guest_interaction:bool"
)
PROMPT_FIELD = (
    "name! type! required:bool label default visible:bool allowed_values:list prefetch:bool "
    "on_change"
)
FIELD_TYPES = (
    *("string", "int", "bool", "duration", "slack_user", "slack_user_list"),
    *("str_list", "int_list"),
)


def refusals(type_name: str, arguments: dict[str, Any]) -> Iterator[str]:
    """What the provider's own checks say of a resource."""
    fields = [
        field
        for params in arguments.get("params") or []
        for field in params.get("prompt_field") or []
    ]
    paths = [field.get("on_change") for field in fields]
    if type_name in ("sym_flow", "sym_flows_filter"):
        paths.append(arguments.get("implementation"))
    for path in paths:
        if isinstance(path, str) and path.endswith(".py"):
            yield "Implementation values must be file contents, not file paths"
    for field in fields:
        if isinstance(field.get("type"), str) and field["type"] not in FIELD_TYPES:
            yield "Invalid prompt_field.type"


class Provider:
    """The answers of the provider; ``messages`` is the module of the protocol's messages."""

    def __init__(self, messages: Any) -> None:
        self.messages = messages

    def services(self) -> Any:
        """What is served: the calls that ``terraform validate`` makes."""
        calls: dict[str, Callable[[Any], Any]] = {
            "GetProviderSchema": self.schemas,
            "ValidateResourceConfig": self.validate_resource,
        }
        for name in ("ValidateProviderConfig", "ValidateDataResourceConfig", "StopProvider"):
            calls[name] = partial(self.nothing, name)
        return grpc.method_handlers_generic_handler(
            "tfplugin6.Provider", {name: self._handler(name, call) for name, call in calls.items()}
        )

    def schemas(self, _: Any) -> Any:
        """The schemas of the provider, its resources and its data source."""
        resources = {name: self._block(text) for name, text in RESOURCES.items()}
        params = self._block(PARAMS)
        params.block_types.append(self._nested("prompt_field", self._block(PROMPT_FIELD), 0))
        resources["sym_flow"].block_types.append(self._nested("params", params, 1))
        schema = self.messages.Schema
        return self.messages.GetProviderSchema.Response(
            provider=schema(block=self._block(PROVIDER)),
            resource_schemas={name: schema(block=block) for name, block in resources.items()},
            data_source_schemas={
                name: schema(block=self._block(text)) for name, text in DATA_SOURCES.items()
            },
        )

    def validate_resource(self, request: Any) -> Any:
        """The errors of one resource."""
        arguments = msgpack.unpackb(
            request.config.msgpack, strict_map_key=False, ext_hook=lambda _code, _data: None
        )
        error = self.messages.Diagnostic.ERROR
        return self.messages.ValidateResourceConfig.Response(
            diagnostics=[
                self.messages.Diagnostic(severity=error, summary=summary)
                for summary in refusals(request.type_name, arguments)
            ]
        )

    def nothing(self, name: str, _: Any) -> Any:
        """The empty answer to a call."""
        return getattr(self.messages, name).Response()

    def _block(self, text: str) -> Any:
        block = self.messages.Schema.Block()
        for word in sorted(text.split()):
            name, _, kind = word.rstrip("!?").partition(":")
            block.attributes.add(
                name=name,
                type=TYPES[kind].encode(),
                required=word.endswith("!"),
                computed=word.endswith("?"),
                optional=word[-1] not in "!?",
            )
        return block

    def _nested(self, name: str, block: Any, most: int) -> Any:
        nested = self.messages.Schema.NestedBlock
        return nested(type_name=name, block=block, nesting=nested.LIST, max_items=most)

    def _handler(self, name: str, call: Callable[[Any], Any]) -> Any:
        message = getattr(self.messages, name)
        return grpc.unary_unary_rpc_method_handler(
            lambda request, _: call(request),
            request_deserializer=message.Request.FromString,
            response_serializer=message.Response.SerializeToString,
        )


def main() -> None:
    """Serve until the input is closed."""
    proto = Path(sys.argv[1]).resolve()
    sys.path += [str(proto.parent), str(Path(grpc_tools.__file__).parent / "_proto")]
    server = grpc.server(ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((Provider(grpc.protos(proto.name)).services(),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    served = {
        "Protocol": "grpc",
        "ProtocolVersion": 6,
        "Pid": os.getpid(),
        "Test": True,
        "Addr": {"Network": "tcp", "String": f"127.0.0.1:{port}"},
    }
    print(json.dumps({SOURCE: served}), flush=True)
    sys.stdin.read()
    server.stop(0)


if __name__ == "__main__":
    main()
